"""Sensitive items are hidden until somebody says why they need them, and then from nobody else and not for long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.audit.models import AuditEvent
from muster_web.privacy.actions.unmasking import unmask
from muster_web.privacy.models import Unmasking
from muster_web.privacy.queries.masking import HIDDEN, mask_for

pytestmark = pytest.mark.django_db
REASON = "Checking her pay against the contract"


def test_hidden_by_default_and_what_is_empty_or_harmless_is_not(viewers, returns) -> None:
    mask = mask_for(viewers["ashcombe.head"], returns["ashcombe"])
    assert mask.value("members", "ni_number", "QQ123456A", record="a") == HIDDEN
    assert mask.value("members", "ni_number", None, record="a") is None
    assert mask.value("members", "family_name", "Silva", record="a") == "Silva"


def test_a_finding_hides_its_values_and_its_message(viewers, returns) -> None:
    mask = mask_for(viewers["ashcombe.head"], returns["ashcombe"])
    values = {"base_pay": "31650", "post": "TCH", "ethnicity": None}
    assert mask.values(values, record="a") == {"base_pay": HIDDEN, "post": "TCH", "ethnicity": None}
    assert mask.text("Pay of 31650 is low for TCH.", values, record="a") == f"Pay of {HIDDEN} is low for TCH."


def test_a_reason_shows_one_record_to_one_person_for_a_while(viewers, returns) -> None:
    head, preparer, subject = viewers["ashcombe.head"], viewers["ashcombe.preparer"], returns["ashcombe"]
    row = unmask(viewer=head, subject=subject, reason=REASON, record_mark="a")
    assert mask_for(head, subject).value("payments", "base_pay", "31650", record="a") == "31650"
    assert mask_for(head, subject).value("payments", "base_pay", "31650", record="b") == HIDDEN
    assert mask_for(preparer, subject).value("payments", "base_pay", "31650", record="a") == HIDDEN
    Unmasking.objects.filter(pk=row.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert mask_for(head, subject).value("payments", "base_pay", "31650", record="a") == HIDDEN


def test_the_whole_return_can_be_shown(viewers, returns) -> None:
    unmask(viewer=viewers["ashcombe.head"], subject=returns["ashcombe"], reason=REASON)
    mask = mask_for(viewers["ashcombe.head"], returns["ashcombe"])
    assert mask.values({"base_pay": "31650"}, record="any") == {"base_pay": "31650"}


def test_the_reason_is_in_the_audit_of_the_school(viewers, returns, organisations) -> None:
    unmask(viewer=viewers["anyshire.la_officer"], subject=returns["ashcombe"], reason=REASON, record_mark="a")
    event = AuditEvent.objects.get(name="items_unmasked")
    assert event.data["reason"] == REASON and f",{organisations['ashcombe'].pk}," in event.organisations


def test_no_reason_no_right_no_sight(viewers, returns) -> None:
    with pytest.raises(MusterError, match="why you need to see it"):
        unmask(viewer=viewers["ashcombe.head"], subject=returns["ashcombe"], reason=" because ")
    for stranger in ("birchfield.head", "otherby.la_officer", "ashcombe.auditor"):
        with pytest.raises(NotAllowed):
            unmask(viewer=viewers[stranger], subject=returns["ashcombe"], reason=REASON)
    assert not Unmasking.objects.exists()
