"""Roles are given and taken by others, count at once, and end sessions when somebody goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.granting import (
    Terms,
    archive,
    delegate,
    end_grant,
    grant,
    reinstate,
    remove,
    suspend,
)
from muster_web.accounts.models import Grant, Membership, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import viewer_for
from muster_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver(viewers):
    return viewers["ashcombe.approver"]


@pytest.fixture
def member(people):
    """The preparer's place in Ashcombe."""
    return people["ashcombe.preparer"].memberships.get()


def roles_of(user: User) -> set[Role]:
    return set(viewer_for(user, None).roles)


def test_a_role_given_counts_at_once_and_only_for_its_collection(approver, member) -> None:
    grant(viewer=approver, membership=member, role=Role.HEAD, terms=Terms("school_workforce"))
    viewer = viewer_for(member.user, None)
    assert Role.HEAD in viewer.roles_for("school_workforce")
    assert Role.HEAD not in viewer.roles_for("children_in_need")
    assert mail.outbox[-1].to == [member.user.email]


def test_a_role_given_again_replaces_the_one_before(approver, member) -> None:
    grant(viewer=approver, membership=member, role=Role.PREPARER, terms=Terms(ends=timezone.localdate()))
    held = Grant.objects.filter(Grant.in_force(), membership=member)
    assert [one.ends for one in held] == [timezone.localdate()]


def test_a_role_taken_is_gone_at_once_and_kept_in_the_record(approver, member) -> None:
    held = member.grants.get()
    end_grant(viewer=approver, held=held)
    held.refresh_from_db()
    assert roles_of(member.user) == set()
    assert held.ended and held.ended_by == approver.user
    assert AuditEvent.objects.filter(name="role_taken", subject=f"user:{member.user.pk}").exists()


def test_nobody_gives_or_takes_their_own_role(approver) -> None:
    own = approver.user.memberships.get()
    with pytest.raises(NotAllowed, match="Nobody gives or takes their own"):
        grant(viewer=approver, membership=own, role=Role.PREPARER, terms=Terms())
    with pytest.raises(NotAllowed):
        end_grant(viewer=approver, held=own.grants.get())
    with pytest.raises(NotAllowed):
        remove(viewer=approver, membership=own)


@pytest.mark.parametrize(
    "who", ["ashcombe.preparer", "ashcombe.head", "birchfield.approver", "dunmere.approver"]
)
def test_only_the_organisations_own_approver_gives_roles(viewers, people, who) -> None:
    place = people["ashcombe.auditor"].memberships.get()
    with pytest.raises(NotAllowed, match="Ask Organisation approver"):
        grant(viewer=viewers[who], membership=place, role=Role.PREPARER, terms=Terms())


def test_a_last_day_in_the_past_is_refused() -> None:
    with pytest.raises(NotAllowed, match="over already"):
        Terms(ends=timezone.localdate() - timedelta(days=1))


def test_a_leaver_is_signed_out_everywhere_and_sees_nothing(approver, member, rounds) -> None:
    devices = [Client(), Client()]
    for one in devices:
        one.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        assert one.get("/people/me/").status_code == 200
    assert remove(viewer=approver, membership=member) == 2
    assert Session.objects.count() == 0
    assert [one.get("/people/me/").status_code for one in devices] == [302, 302]
    assert viewer_for(member.user, None).organisation is None


def test_a_suspended_account_cannot_be_used_until_it_is_opened_again(approver, member, client) -> None:
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    suspend(viewer=approver, user=member.user)
    assert client.get("/people/me/").status_code == 302
    assert not client.login(username=member.user.email, password="correct horse battery staple")
    reinstate(viewer=approver, user=member.user)
    assert roles_of(member.user) == {Role.PREPARER}


def test_an_archived_account_keeps_its_name_and_nothing_else(approver, member) -> None:
    archive(viewer=approver, user=member.user)
    gone = User.objects.get(pk=member.user.pk)
    assert gone.status == User.Status.ARCHIVED and not gone.is_active
    assert not Membership.objects.filter(Membership.in_force(), user=gone).exists()


def test_an_account_that_works_elsewhere_too_is_not_closed_by_one_organisation(
    approver, member, organisations
) -> None:
    Membership.objects.create(user=member.user, organisation=organisations["birchfield"])
    with pytest.raises(NotAllowed, match="also belongs to Birchfield"):
        suspend(viewer=approver, user=member.user)
    member.user.refresh_from_db()
    assert member.user.is_active


def lend(approver, people, days: int = 7, to: str = "ashcombe.preparer", starts=None) -> Grant:
    held = people["ashcombe.head"].memberships.get().grants.get()
    first = starts or timezone.localdate()
    place = people[to].memberships.get()
    return delegate(viewer=approver, held=held, to=place, starts=first, ends=first + timedelta(days=days))


def test_a_role_lent_for_a_holiday_begins_and_ends_by_itself(approver, people) -> None:
    lent = lend(approver, people)
    assert Role.HEAD in roles_of(people["ashcombe.preparer"])
    Grant.objects.filter(pk=lent.pk).update(ends=timezone.localdate() - timedelta(days=1))
    assert Role.HEAD not in roles_of(people["ashcombe.preparer"])


def test_a_role_lent_for_later_does_not_count_yet(approver, people) -> None:
    lend(approver, people, starts=timezone.localdate() + timedelta(days=1))
    assert Role.HEAD not in roles_of(people["ashcombe.preparer"])


def test_what_was_lent_goes_with_the_role_it_was_lent_from(approver, people) -> None:
    lent = lend(approver, people)
    end_grant(viewer=approver, held=lent.delegated_from)
    assert Role.HEAD not in roles_of(people["ashcombe.preparer"])


def test_a_role_that_was_lent_is_not_lent_on(approver, people) -> None:
    lent = lend(approver, people)
    day = timezone.localdate()
    with pytest.raises(NotAllowed, match="held itself"):
        delegate(
            viewer=approver, held=lent, to=people["ashcombe.auditor"].memberships.get(), starts=day, ends=day
        )


@pytest.mark.parametrize(
    ("to", "days"), [("birchfield.preparer", 1), ("ashcombe.preparer", 63), ("ashcombe.approver", 1)]
)
def test_a_role_is_not_lent_to_strangers_for_long_or_to_oneself(approver, people, to, days) -> None:
    with pytest.raises(NotAllowed):
        lend(approver, people, days=days, to=to)
