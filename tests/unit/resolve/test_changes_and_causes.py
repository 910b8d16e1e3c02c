"""What changed between two versions of a return, and what probably went wrong."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_census import checked, school

from muster.model import Finding, Provenance, Return
from muster.resolve import Note, causes, compare, resolve

LATE = "2013-12-01"


def people(wrong: int, right: int, *, column: str = "") -> Return:
    """A school with so many people born too late and so many not, read through a column of a payroll if named."""
    births = [LATE] * wrong + ["1980-01-01"] * right
    one = school(records={"members": [{"name": f"P{n}", "born": born} for n, born in enumerate(births)]})
    for key in range(1, len(births) + 1) if column else ():
        one.provenance["members", key, "name"] = Provenance("mis", "mis.csv", key, "Name", "m1")
        one.provenance["members", key, "born"] = Provenance("payroll", "pay.csv", key, column, "m1")
    return one


def test_fixed_still_there_and_new() -> None:
    before = checked(people(2, 1))
    now = checked(school(records={"members": [{"name": "P1", "born": LATE}, {"name": "New", "born": LATE}]}))
    changes = compare((f.fingerprint for f in before.findings), now.findings)
    assert str(changes) == "1 fixed, 1 still there, 1 new"


@cache
def ten_found() -> tuple[Finding, ...]:
    """Ten findings, checked once for all examples."""
    return checked(people(10, 0)).findings


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_every_finding_of_either_version_is_in_exactly_one_part(before: list[int], now: list[int]) -> None:
    all_of_them = ten_found()
    earlier, current = [all_of_them[n] for n in before], [all_of_them[n] for n in now]
    changes = compare((f.fingerprint for f in earlier), current)
    assert sorted([*changes.fixed, *changes.still]) == sorted({f.fingerprint for f in earlier})
    assert sorted([*changes.new, *changes.still]) == sorted({f.fingerprint for f in current})


def test_nearly_every_value_of_a_column_wrong_is_a_fault_of_conversion() -> None:
    one = people(9, 1, column="DOB")
    (cause,) = causes(checked(one).findings, [one])
    assert (cause.kind, cause.source, cause.column, cause.findings) == ("conversion", "pay.csv", "DOB", 9)
    assert str(cause).startswith("9 rows, one column: DOB of pay.csv. Nearly every value fails")


def test_a_few_wrong_values_of_many_are_faults_of_entry() -> None:
    one = people(5, 15, column="DOB")
    (cause,) = causes(checked(one).findings, [one])
    assert (cause.kind, cause.findings, cause.values) == ("entry", 5, 20)


def test_a_handful_of_rows_proves_nothing_about_the_column() -> None:
    one = people(4, 0, column="DOB")
    assert [cause.kind for cause in causes(checked(one).findings, [one])] == ["entry"]


def test_a_return_read_from_an_official_file_names_the_file_and_the_item() -> None:
    one = people(6, 0)
    (cause,) = causes(checked(one).findings, [one])
    assert (cause.source, cause.column, cause.kind) == ("4001.xml", "born", "conversion")


def test_an_empty_value_does_not_count_as_one_that_came_through_the_column() -> None:
    """Nine wrong births of nine given, though thirty people have none: the column is at fault."""
    one = people(9, 0)
    for n in range(30):
        one.tables["members"].append({"member_id": 100 + n, "return_id": 1}, {"name": f"Q{n}"})
    (cause,) = causes(checked(one).findings, [one])
    assert (cause.values, cause.kind) == (9, "conversion")


@pytest.mark.parametrize("linked", [True, False])
def test_a_missing_value_is_counted_against_the_rows_it_could_have_stood_in(linked: bool) -> None:
    """Six of ten without a title is no column at fault; ten of ten is."""
    for titled, kind in ((4, "entry"), (0, "conversion")):
        gaps = [{"title": "Cook"}] * titled + [{}] * (10 - titled)
        one = school(records={"members": [{"name": "Ann"}], "gaps": gaps})
        if linked:
            one.provenance["members", 1, "name"] = Provenance("mis", "mis.csv", 1, "Name", "m1")
        (cause,) = causes(checked(one).findings, [one])
        assert (cause.rule_id, cause.values, cause.kind) == ("1400", 10, kind)


def test_a_resolution_holds_explanations_causes_and_changes() -> None:
    one = people(6, 0)
    found = checked(one)
    notes = {found.findings[0].fingerprint: Note(found.findings[0].fingerprint, "said")}
    resolved = resolve(found, [one], notes)
    assert resolved.changes is None
    assert [cause.findings for cause in resolved.causes if cause.rule_id == "1100"] == [6]
    again = resolve(found, [one], notes, before=["gone"])
    assert again.changes is not None
    assert again.changes.fixed == ("gone",)
    assert len(again.changes.new) == len(found.findings)
