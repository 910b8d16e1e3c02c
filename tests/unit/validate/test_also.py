"""A finding names its record after whose it is, and shows the records that help to see what is wrong."""

from __future__ import annotations

import pytest

from muster.catalogue import load_collection
from muster.checking import tables_read
from muster.engines import start_engine
from muster.model import Finding, Return, Rows
from muster.validate import check

CHILDREN = load_collection("children_in_need")


def a_return() -> Return:
    """Child A1 with two overlapping episodes, the second with a plan from before its referral; child A2 like A1."""
    one = Return(CHILDREN.name, 2026, {name: Rows.empty(CHILDREN, name) for name in CHILDREN.tables})
    header = {"collection": "CIN", "year": "2026", "lea": "999", "reference_date": "2026-03-31"}
    one.tables["returns"].append({"return_id": 1}, header)
    for child in (1, 2):
        keys = {"child_id": child, "return_id": 1}
        one.tables["children"].append(keys, {"la_child_id": f"A{child}"}, 10 * child)
        for number, day in enumerate(("2025-05-04", "2025-06-04"), start=2 * child):
            episode = {"referral_date": day, "no_further_action": "false"}
            one.tables["cin_details"].append({**keys, "cin_id": number}, episode, 10 * child + number)
        plan = {"cin_plan_id": child, "cin_id": 2 * child + 1, **keys}
        one.tables["cin_plans"].append(plan, {"start_date": "2025-06-03"}, 10 * child + 9)
    return one


def found(rule: str) -> list[Finding]:
    return list(check(CHILDREN, 2026, [a_return()], rules=[rule]).findings)


def test_a_record_is_named_after_its_child() -> None:
    assert [f.record for f in found("8820")] == [
        "child A1: episode from 4 May 2025", "child A1: episode from 4 June 2025",
        "child A2: episode from 4 May 2025", "child A2: episode from 4 June 2025",
    ]  # fmt: skip


def test_the_other_records_of_the_same_child_are_shown_and_not_the_record_itself() -> None:
    assert [f.also for f in found("8820")][:2] == [
        ("episode from 4 June 2025 (line 13)",), ("episode from 4 May 2025 (line 12)",),
    ]  # fmt: skip


def test_of_the_records_around_it_only_the_one_it_lies_within_is_shown() -> None:
    assert [f.also for f in found("4015")] == [
        ("episode from 4 June 2025 (line 13)",), ("episode from 4 June 2025 (line 25)",),
    ]  # fmt: skip


def test_a_record_of_another_child_is_shown_under_its_child() -> None:
    one = a_return()
    one.tables["children"].text["la_child_id"] = ["A1", "A1"]
    findings = check(CHILDREN, 2026, [one], rules=["8510"]).findings
    assert [f.also for f in findings] == [("child A1 (line 20)",), ("child A1 (line 10)",)]


# Of these nothing can be shown: what is wrong is that there is no record to show, or it is the return as a whole.
NOTHING_TO_SHOW = {
    "children_in_need": {"8897Q", "8590", "2883", "2887Q", "2888Q"},
    "looked_after": {"EPI", "1012", *(f"INT0{n}" for n in range(1, 10))},
}


@pytest.mark.parametrize("name", ["children_in_need", "looked_after"])
def test_every_rule_that_compares_records_shows_the_other_end(name: str) -> None:
    collection = load_collection(name)
    engine = start_engine("sqlite", collection, collection.years[-1])
    silent = {
        rule.id
        for rule in collection.rules_in(collection.years[-1])
        if tables_read(engine, [rule.id]) - {"returns", rule.table, *collection.ancestors(rule.table)}
        or set(engine.rules[rule.id].reads) & set(collection.ancestors(rule.table))
        if not rule.also and rule.scope != "group"
    }
    assert silent == NOTHING_TO_SHOW[name]
