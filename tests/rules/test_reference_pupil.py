"""Every row of the pupil reference on a collection is a rule or an item check of it, or says why it is left out.

rules.csv, line 209 ──► pupil_map_preferences.toml: "rules.csv:209" = "no_places" ──► rule no_places of the catalogue
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from muster.catalogue import load_collection
from muster.model import Collection
from tests.rules.test_reference import REFERENCE, answers, is_out

HERE = Path(__file__).parent
# The collection, what the reference calls it, and the map of its rows.
KNOWN = {
    "school_preferences": ("School Preferences", "pupil_map_preferences.toml"),
    "common_transfer_file": ("CTF", "pupil_map_transfer.toml"),
    "attendance_measures": ("PRMA", "pupil_map_attendance.toml"),
}


@pytest.fixture(params=KNOWN)
def collection(request: pytest.FixtureRequest) -> Collection:
    return load_collection(request.param)


@cache
def answers_of(name: str) -> dict[str, list[str]]:
    return answers(HERE / KNOWN[name][1])


def reference_rows(shared: Path, called: str) -> dict[str, dict[str, str]]:
    """Each row on a collection by file and line."""
    found = {}
    for name in REFERENCE:
        with (shared / "reference" / "pupil" / name).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            found |= {f"{name}:{reader.line_num}": row for row in reader if row["collection"] == called}
    return found


def test_every_row_is_answered_for(collection: Collection, shared_data: Path) -> None:
    rows = reference_rows(shared_data, KNOWN[collection.name][0])
    assert rows
    assert set(rows) ^ set(answers_of(collection.name)) == set()


def test_every_rule_named_is_in_the_catalogue(collection: Collection) -> None:
    known = {rule.id for rule in collection.rules}
    named = {
        id_ for ids in answers_of(collection.name).values() if not is_out(ids) for id_ in ids
    }  # fmt: skip
    assert sorted(named - known) == []


def test_a_row_left_out_says_why(collection: Collection) -> None:
    reasons = [ids[0] for ids in answers_of(collection.name).values() if is_out(ids)]
    assert [why for why in reasons if len(why) < 40] == []


def test_a_rule_has_the_severity_of_a_row_it_answers(collection: Collection, shared_data: Path) -> None:
    """Item checks of what must be there are errors, whatever else the row asks; a row can be answered in parts."""
    rows = reference_rows(shared_data, KNOWN[collection.name][0])
    severity = {rule.id: rule.severity for rule in collection.rules}
    wrong = [
        (row, ids)
        for row, ids in answers_of(collection.name).items()
        if not is_out(ids) and rows[row]["severity"] not in {severity[id_] for id_ in ids}
    ]
    assert wrong == []


def test_a_row_that_was_not_seen_is_provisional(collection: Collection, shared_data: Path) -> None:
    rows = reference_rows(shared_data, KNOWN[collection.name][0])
    firm = {rule.id for rule in collection.rules if not rule.provisional}
    seen = {
        id_
        for row, ids in answers_of(collection.name).items()
        if rows[row]["confidence"] == "seen"
        for id_ in ids
    }
    loose = {
        (row, id_)
        for row, ids in answers_of(collection.name).items()
        for id_ in ids
        if rows[row]["confidence"] != "seen" and id_ in firm - seen
    }
    assert sorted(loose) == []
