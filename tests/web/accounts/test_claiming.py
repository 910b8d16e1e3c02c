"""The approver role is claimed once, with five days for the head and the authority to object."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.claiming import claim, claim_of_link, confirm, object_to
from muster_web.accounts.models import Claim, Grant, Organisation
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import NOBODY, viewer_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed(viewers, organisations) -> Claim:
    """Ashcombe has lost its approver, and its preparer claims the role."""
    Grant.objects.filter(membership__organisation=organisations["ashcombe"], role=Role.APPROVER).delete()
    Organisation.objects.filter(pk=organisations["ashcombe"].pk).update(local_email="head@school.example")
    organisations["ashcombe"].refresh_from_db()
    viewers["ashcombe.preparer"].organisation.refresh_from_db()
    return claim(viewer=viewers["ashcombe.preparer"])


def holds(subject: Claim) -> bool:
    return Role.APPROVER in viewer_for(subject.by, None).roles


def test_an_organisation_with_an_approver_cannot_be_claimed(viewers) -> None:
    with pytest.raises(NotAllowed, match="has an approver already"):
        claim(viewer=viewers["ashcombe.preparer"])


def test_a_claim_begins_after_five_days_by_itself(claimed) -> None:
    assert not holds(claimed)
    assert claimed.grant.starts == timezone.localdate() + timedelta(days=5)
    Grant.objects.filter(pk=claimed.grant_id).update(starts=timezone.localdate())
    assert holds(claimed)


def test_the_head_and_the_authority_are_told(claimed) -> None:
    told = {one.to[0] for one in mail.outbox if "claims to be the approver" in one.subject}
    assert told >= {"head@school.example", "head@ashcombe.example", "approver@anyshire.example"}
    assert "preparer@ashcombe.example" not in told


def test_a_second_claim_waits_for_the_first(claimed, viewers) -> None:
    with pytest.raises(NotAllowed, match="claimed already"):
        claim(viewer=viewers["ashcombe.head"])


def test_the_authority_confirms_and_the_role_begins_today(claimed, viewers) -> None:
    confirm(viewer=viewers["anyshire.approver"], subject=claimed)
    assert holds(claimed)


@pytest.mark.parametrize(
    "who", ["otherby.approver", "anyshire.la_officer", "ashcombe.head", "ashcombe.preparer"]
)
def test_nobody_else_confirms(claimed, viewers, who) -> None:
    with pytest.raises(NotAllowed):
        confirm(viewer=viewers[who], subject=claimed)
    assert not holds(claimed)


def test_an_objection_stops_the_claim_for_good(claimed, viewers) -> None:
    object_to(viewer=viewers["ashcombe.head"], subject=claimed, reason="Not agreed with governors")
    Grant.objects.filter(pk=claimed.grant_id).update(starts=timezone.localdate())
    assert not holds(claimed)
    with pytest.raises(NotAllowed, match="was objected to"):
        claim(viewer=viewers["ashcombe.preparer"])


def test_the_head_objects_by_the_link_of_the_letter_without_an_account(claimed) -> None:
    letter = next(one for one in mail.outbox if one.to == ["head@school.example"])
    link = re.search(r"/people/claims/object/([^/\s]+)/", letter.body)[1]
    object_to(viewer=NOBODY, subject=claimed, reason="I know nothing of it", link=link)
    claimed.refresh_from_db()
    assert claimed.objected and claimed.objected_by is None


def test_a_forged_link_objects_to_nothing(claimed) -> None:
    forged = f"{claimed.pk}:1uAAAA:not-a-signature"
    assert claim_of_link(forged) is None
    with pytest.raises(NotAllowed):
        object_to(viewer=NOBODY, subject=claimed, reason="x", link=forged)


def test_after_the_days_an_objection_is_too_late(claimed, viewers) -> None:
    Grant.objects.filter(pk=claimed.grant_id).update(starts=timezone.localdate())
    with pytest.raises(NotAllowed, match="over"):
        object_to(viewer=viewers["ashcombe.head"], subject=claimed, reason="Late")


def test_another_organisation_cannot_object(claimed, viewers) -> None:
    with pytest.raises(NotAllowed):
        object_to(viewer=viewers["dunmere.approver"], subject=claimed, reason="x")
