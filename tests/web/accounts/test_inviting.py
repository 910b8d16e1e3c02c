"""An invitation is a link that holds for 48 hours, works once, and gives what it promised when it is accepted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.granting import Terms, remove
from muster_web.accounts.actions.inviting import LinkOver, accept, invite, resend, withdraw
from muster_web.accounts.models import Grant, Invitation, Membership, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import viewer_for
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db
WORDS = "otter lantern gravel seventy"


@pytest.fixture
def invited(viewers, organisations):
    """Somebody invited to Ashcombe, and the secret of the link they got."""

    def send(email: str = "sam@ashcombe.example", roles=(Role.PREPARER,), **terms) -> tuple[Invitation, str]:
        made = invite(
            viewer=viewers["ashcombe.approver"], organisation=organisations["ashcombe"], email=email, name="Sam Field",
            roles=list(roles), terms=Terms(**terms),
        )  # fmt: skip
        return made, secret_of_last_letter()

    return send


def secret_of_last_letter() -> str:
    return re.search(r"/people/accept/([\w-]+)/", mail.outbox[-1].body)[1]


def test_the_link_makes_the_account_and_gives_the_role(invited) -> None:
    _, secret = invited()
    user = accept(secret=secret, password=WORDS)
    assert user.status == User.Status.ACTIVE and user.check_password(WORDS)
    viewer = viewer_for(user, None)
    assert viewer.organisation.name == "Ashcombe School" and viewer.roles == {Role.PREPARER}


def test_before_it_is_accepted_nothing_can_be_seen(invited) -> None:
    invitation, _ = invited()
    assert viewer_for(invitation.user, None).organisation is None
    assert not invitation.user.has_usable_password()


def test_the_link_works_once(invited) -> None:
    _, secret = invited()
    accept(secret=secret, password=WORDS)
    with pytest.raises(LinkOver, match="used already"):
        accept(secret=secret, password=WORDS)


def test_the_link_expires_after_48_hours(invited) -> None:
    invitation, secret = invited()
    assert timedelta(hours=47) < invitation.expires - timezone.now() <= timedelta(hours=48)
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(LinkOver, match="has expired"):
        accept(secret=secret, password=WORDS)


def test_sent_again_only_the_newer_link_works(invited, viewers) -> None:
    invitation, old = invited()
    resend(viewer=viewers["ashcombe.approver"], invitation=invitation)
    new = secret_of_last_letter()
    with pytest.raises(LinkOver):
        accept(secret=old, password=WORDS)
    assert accept(secret=new, password=WORDS).email == "sam@ashcombe.example"


def test_only_the_hash_of_the_secret_is_kept(invited) -> None:
    invitation, secret = invited()
    invitation.refresh_from_db()
    assert secret not in str(vars(invitation)) and len(invitation.secret_hash) == 64


def test_a_withdrawn_link_does_not_work(invited, viewers) -> None:
    invitation, secret = invited()
    withdraw(viewer=viewers["ashcombe.approver"], invitation=invitation)
    with pytest.raises(LinkOver):
        accept(secret=secret, password=WORDS)


@pytest.mark.parametrize(
    "password", ["short one", "passwordpassword", "sam@ashcombe.example", "123456789012"]
)
def test_a_weak_password_is_refused_and_the_link_still_works(invited, password) -> None:
    _, secret = invited()
    with pytest.raises(ValidationError):
        accept(secret=secret, password=password)
    assert accept(secret=secret, password=WORDS).status == User.Status.ACTIVE


def test_somebody_with_an_account_has_to_be_signed_in_as_themselves(invited, people) -> None:
    _, secret = invited(email=people["birchfield.preparer"].email)
    with pytest.raises(LinkOver, match="Sign in with the address"):
        accept(secret=secret, password=WORDS)
    with pytest.raises(LinkOver):
        accept(secret=secret, by=people["dunmere.preparer"])
    user = accept(secret=secret, by=people["birchfield.preparer"])
    assert user.check_password(PASSWORD) and user.memberships.count() == 2


def test_what_was_for_a_time_is_not_given_after_it(invited) -> None:
    _, secret = invited(ends=timezone.localdate())
    Invitation.objects.update(ends=timezone.localdate() - timedelta(days=1))
    with pytest.raises(LinkOver, match="is over"):
        accept(secret=secret, password=WORDS)


def test_only_an_approver_invites_and_not_to_another_organisation(viewers, organisations) -> None:
    for who in ("ashcombe.preparer", "birchfield.approver", "anyshire.approver"):
        with pytest.raises(NotAllowed):
            invite(
                viewer=viewers[who], organisation=organisations["ashcombe"], email="x@x.example", name="X",
                roles=[Role.PREPARER], terms=Terms(),
            )  # fmt: skip
    assert not User.objects.filter(email="x@x.example").exists()


def test_an_authority_invites_to_its_school_that_has_no_approver(viewers, organisations) -> None:
    Grant.objects.filter(membership__organisation=organisations["ashcombe"], role=Role.APPROVER).delete()
    given = {"email": "x@x.example", "name": "X", "roles": [Role.APPROVER], "terms": Terms()}
    assert invite(viewer=viewers["anyshire.approver"], organisation=organisations["ashcombe"], **given)
    with pytest.raises(NotAllowed):
        invite(viewer=viewers["otherby.approver"], organisation=organisations["ashcombe"], **given)


def test_a_role_of_another_kind_of_organisation_is_not_promised(invited) -> None:
    with pytest.raises(NotAllowed, match="cannot be held"):
        invited(roles=(Role.COLLECTOR,))


def test_who_leaves_takes_the_invitations_they_sent_with_them(
    invited, viewers, people, organisations
) -> None:
    _, secret = invited()
    second = User.objects.create_user("second@ashcombe.example", PASSWORD, name="Second")
    member = Membership.objects.create(user=second, organisation=organisations["ashcombe"])
    Grant.objects.create(membership=member, role=Role.APPROVER)
    first = people["ashcombe.approver"].memberships.get()
    remove(viewer=viewer_for(second, None), membership=first)
    with pytest.raises(LinkOver):
        accept(secret=secret, password=WORDS)


def test_the_letter_names_nobody(invited) -> None:
    invited()
    assert "Sam" not in mail.outbox[-1].body and "Sam" not in mail.outbox[-1].subject
