"""``muster audit``: whole or not, and where; and what was done, narrowed down."""

from __future__ import annotations

import pytest
from django.db import connection

from muster_web.audit.record import record
from tests.command import muster

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    """Three events."""
    return [record(f"thing_{n}", actor=f"user:{n}", subject=f"return:{n % 2}") for n in range(3)]


def test_a_whole_chain_ends_with_0(events) -> None:
    said = muster("audit", "verify")
    assert (said.code, said.first_line) == (0, "3 events; the chain is whole")


def test_a_tampered_chain_ends_with_1_and_says_where(events) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_events_are_only_added")
        cursor.execute("UPDATE audit_auditevent SET actor = 'user:9' WHERE number = 2")
    said = muster("audit", "verify")
    assert said.code == 1 and "event 2 (thing_1) was changed after it was written" in said.first_line
    assert muster("audit", "verify", "--json").json["fault"]


def test_the_list_is_narrowed_down(events) -> None:
    names = [one["name"] for one in muster("audit", "list", "--json").json]
    assert names == ["thing_2", "thing_1", "thing_0"]
    assert [one["number"] for one in muster("audit", "list", "--subject", "return:0", "--json").json] == [
        3,
        1,
    ]
    assert [one["number"] for one in muster("audit", "list", "--actor", "user:1", "--json").json] == [2]
    assert [one["number"] for one in muster("audit", "list", "--last", "1", "--json").json] == [3]
    assert muster("audit", "list", "--since", "2199-01-01", "--json").json == []


def test_retention_answers_from_the_command_too(db) -> None:
    assert muster("retention", "preview").first_line == "Nothing is due to go"
    assert muster("retention", "apply").first_line == "Nothing was due to go"
    assert muster("retention", "apply", "--on", "2199-01-01").code == 2
