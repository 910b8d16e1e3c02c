"""A finding says what is wrong, of whom, with the value, and carries a fingerprint that stays."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small_census import checked, findings_of, school

from muster.model import CheckResult, Provenance

ANN = {"name": "Ann", "born": "2013-12-01"}
BOB = {"name": "Bob", "born": "2014-02-28"}


def fingerprints(result: CheckResult) -> set[str]:
    return {finding.fingerprint for finding in result.findings}


def test_a_message_holds_values_and_dates_in_words() -> None:
    (found,) = findings_of(checked(school(records={"members": [ANN]})), "1100")
    assert found.message == "Ann was born on 1 December 2013, after 7 November 2013."
    assert found.fix == "Correct 1 December 2013."
    assert found.record == "Ann, born 1 December 2013"
    assert found.values == {"born": "2013-12-01", "name": "Ann"}
    assert (found.line, found.file, found.ref, found.key) == (10, "4001.xml", "999/4001", 1)


def test_a_value_with_braces_is_shown_as_it_is_and_an_empty_one_is_named() -> None:
    braces = {"members": [{"name": "{born} {0}", "born": "2013-12-01"}, {"name": None, "born": "2013-12-01"}]}
    first, second = findings_of(checked(school(records=braces)), "1100")
    assert first.message.startswith("{born} {0} was born on")
    assert second.message.startswith("(empty) was born on")


def test_a_record_below_a_person_names_the_person_first() -> None:
    records = {
        "members": [ANN],
        "posts": [{"member_id": 1, "title": "Head", "start": "2013-09-01", "pay": "2000"}],
    }
    (found,) = findings_of(checked(school(records=records)), "1200Q")
    assert found.record == "Ann, born 1 December 2013: Head from 1 September 2013"


def test_every_row_of_a_failing_group_is_a_finding() -> None:
    posts = [{"member_id": m, "title": t} for m, t in ((1, "Head"), (1, "Cook"), (1, "Head"), (2, "Head"))]
    found = findings_of(checked(school(records={"members": [{}, {}], "posts": posts})), "1300")
    assert [(f.key, f.message) for f in found] == [(1, "Head stands twice."), (3, "Head stands twice.")]


def test_a_finding_about_the_whole_return_names_the_return() -> None:
    (found,) = findings_of(checked(school(records={"members": [{}] * 4})), "1900Q")
    assert (found.scope, found.table, found.record, found.line) == (
        "return",
        "returns",
        "return of 999/4001",
        2,
    )


def test_the_other_rows_of_the_person_are_shown_and_those_of_nobody_else() -> None:
    posts = [
        {"member_id": 1, "title": "Head", "start": "2013-09-01", "pay": "2000"},
        {"member_id": 1, "title": "Cook", "start": "2012-09-01", "pay": "10"},
        {"member_id": 2, "title": "Clerk", "start": "2011-09-01", "pay": "10"},
    ]
    (found,) = findings_of(checked(school(records={"members": [ANN, BOB], "posts": posts})), "1200Q")
    assert found.also == ("Cook from 1 September 2012 (line 11)",)


def test_a_value_that_was_linked_names_its_source_and_place() -> None:
    one = school(records={"members": [ANN]})
    one.provenance["members", 1, "born"] = Provenance("payroll", "pay.csv", 7, "DOB", "payroll 1")
    (found,) = findings_of(checked(one), "1100")
    assert found.owners == {"born": "payroll: pay.csv, DOB, row 7"}


def test_findings_stand_by_return_then_errors_first_then_in_the_order_of_the_rules() -> None:
    records = {"members": [ANN], "posts": [{"member_id": 1, "pay": "2000"}], "gaps": [{}]}
    result = checked(school("4002", records=records), school("4001", records=records))
    assert [(f.ref, f.rule_id) for f in result.findings if f.rule_id != "1700"] == [
        ("999/4002", "1100"), ("999/4002", "1400"), ("999/4002", "1200Q"),
        ("999/4001", "1100"), ("999/4001", "1400"), ("999/4001", "1200Q"),
    ]  # fmt: skip


def test_fingerprints_are_equal_wherever_the_same_file_is_checked() -> None:
    one = school(records={"members": [ANN, BOB]})
    alone, again = checked(one), checked(school(records={"members": [ANN, BOB]}), name="sqlite")
    among = checked(school("4000"), one, school("4005"))
    assert fingerprints(alone) == fingerprints(again) == fingerprints(among)
    assert len(fingerprints(alone)) == 2


def test_a_fingerprint_changes_with_the_school_the_value_and_the_person() -> None:
    base = school(records={"members": [ANN]})
    others = [
        school("4002", records={"members": [ANN]}),
        school(records={"members": [ANN | {"born": "2013-12-02"}]}),
        school(records={"members": [ANN | {"name": "Anna"}]}),
    ]
    prints = [fingerprints(checked(one)) for one in (base, *others)]
    assert len(set.union(*prints)) == 4


def test_two_findings_that_are_alike_have_fingerprints_of_their_own() -> None:
    first, second = findings_of(checked(school(records={"members": [ANN, ANN]})), "1100")
    assert second.fingerprint == f"{first.fingerprint}.2"


@cache
def fingerprints_in_order() -> set[str]:
    return fingerprints(checked(school(records={"members": [ANN, BOB, ANN | {"name": "Di"}]})))


@settings(max_examples=20, deadline=None)
@given(st.permutations([ANN, BOB, {"name": "Cy", "born": "1980-01-01"}, ANN | {"name": "Di"}, {}]))
def test_the_order_of_the_records_changes_no_fingerprint(members: list[dict[str, str]]) -> None:
    shuffled = checked(school(records={"members": members}))
    assert {f.fingerprint for f in findings_of(shuffled, "1100")} == fingerprints_in_order()


def test_a_line_or_file_name_is_no_part_of_a_fingerprint() -> None:
    one = school(records={"members": [ANN]})
    moved = replace(one, source=None)
    moved.tables["members"].lines[0] = 999
    assert fingerprints(checked(one)) == fingerprints(checked(moved))
