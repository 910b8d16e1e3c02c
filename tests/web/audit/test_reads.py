"""What was shown of people goes into the audit: one event for each request, page and return."""

from __future__ import annotations

import pytest

from muster_web.audit.models import AuditEvent
from muster_web.audit.queries import events_of
from muster_web.audit.record import read_of, reads_together, record

pytestmark = pytest.mark.django_db


def reads() -> list[AuditEvent]:
    """The events of reading."""
    return list(AuditEvent.objects.filter(name="records_read").order_by("number"))


def test_a_read_outside_a_request_is_written_at_once(viewers) -> None:
    read_of(viewers["ashcombe.head"], subject="return:7", records=["a1"], organisations=[3], page="record")
    [event] = reads()
    assert event.actor == viewers["ashcombe.head"].actor and event.subject == "return:7"
    assert event.data == {"page": "record", "count": 1, "records": ["a1"]}


def test_the_reads_of_a_request_make_one_event_for_each_return_and_page(viewers) -> None:
    reader = viewers["anyshire.la_officer"]
    with reads_together():
        for mark in ("b", "a", "b"):
            read_of(reader, subject="return:7", records=[mark], organisations=[3], page="findings")
        read_of(reader, subject="return:8", records=["c"], page="findings")
        assert reads() == []
    assert [(one.subject, one.data["records"]) for one in reads()] == [
        ("return:7", ["a", "b"]),
        ("return:8", ["c"]),
    ]


def test_what_was_read_before_a_fault_is_written_too(viewers) -> None:
    with pytest.raises(ZeroDivisionError), reads_together():
        read_of(viewers["ashcombe.head"], subject="return:7", records=["a"], page="record")
        raise ZeroDivisionError
    assert len(reads()) == 1


def test_an_organisation_sees_what_is_about_it_and_what_its_people_did(organisations, viewers) -> None:
    ashcombe, birchfield = organisations["ashcombe"].pk, organisations["birchfield"].pk
    record("about_us", actor="user:1", organisations=[ashcombe, birchfield])
    record("about_another", actor="user:1", organisations=[int(f"{ashcombe}{ashcombe}")])
    record("by_us", actor="user:2", acting_for=f"organisation:{ashcombe}")
    assert [one.name for one in events_of(ashcombe)] == ["by_us", "about_us"]
    assert [one.name for one in events_of(birchfield)] == ["about_us"]
