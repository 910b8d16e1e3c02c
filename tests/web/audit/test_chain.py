"""The audit is a chain: what is changed, removed or added outside it is found."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from muster.model import MusterError
from muster_web.audit.models import AuditEvent
from muster_web.audit.record import record
from muster_web.audit.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> list[AuditEvent]:
    """Three events."""
    return [record(f"thing_{n}", actor="user:1", organisations=[3], data={"n": n}) for n in range(3)]


def tamper(sql: str) -> None:
    """Change the table behind the service's back, as somebody who owns the database could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # where a trigger has to be switched off first
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_events_are_only_added")
        cursor.execute(sql)


@pytest.mark.parametrize("sql", ["UPDATE audit_auditevent SET actor = 'x'", "DELETE FROM audit_auditevent"])
def test_postgresql_itself_refuses_to_change_or_delete(chain, sql: str) -> None:
    """SQLite has no users to refuse; there the chain alone tells."""
    if connection.vendor != "postgresql":
        assert verify().fault == ""
        return
    with pytest.raises(IntegrityError, match="cannot be changed or deleted"), transaction.atomic():
        tamper_as_service(sql)
    assert verify().events == 3 and verify().fault == ""


def tamper_as_service(sql: str) -> None:
    """What a fault in the service, or somebody with its account, would try."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_untouched_chain_is_whole(chain) -> None:
    assert verify().fault == "" and verify().events == 3


def test_a_changed_event_is_found(chain) -> None:
    tamper("UPDATE audit_auditevent SET actor = 'user:2' WHERE number = 2")
    assert verify().fault == "event 2 (thing_1) was changed after it was written"


def test_a_removed_event_is_found(chain) -> None:
    tamper("DELETE FROM audit_auditevent WHERE number = 2")
    assert verify().fault == "event 2 is missing: event 3 follows event 1"


def test_the_last_event_removed_is_found(chain) -> None:
    tamper("DELETE FROM audit_auditevent WHERE number = 3")
    assert "should end with event 3" in verify().fault


def test_an_event_can_be_neither_changed_nor_deleted(chain) -> None:
    with pytest.raises(MusterError, match="cannot be changed"):
        chain[0].save()
    with pytest.raises(MusterError, match="cannot be deleted"):
        chain[0].delete()


def test_an_event_falls_with_what_it_tells_of() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record("never_happened", actor="user:1")
        raise RuntimeError
    assert verify().events == 0
