"""Findings by person and by rule: counts that add up, and the return as a whole before its people."""

from __future__ import annotations

from typing import Literal

from muster.model import Finding
from muster.report.views import AS_A_WHOLE, by_person, by_rule


def finding(
    code: str, person: str, severity: Literal["error", "query"] = "error", ref: str = "999"
) -> Finding:
    return Finding(
        rule_id=code, code=code, severity=severity, scope="row", ref=ref, table="t", record=f"{person}: x",
        values={}, message=f"{code} is wrong.", fix="", fingerprint=code + person, person=person,
    )  # fmt: skip


FOUND = [
    finding("1", "Ann"),
    finding("2", "Ann", "query"),
    finding("1", "Bo"),
    finding("1", "Ann"),
    finding("9", ""),
]


def test_each_person_is_one_heap_and_the_return_as_a_whole_comes_first() -> None:
    heaps = by_person(FOUND)
    assert [(h.name, h.to_fix, h.to_explain, h.rules) for h in heaps] == [
        (AS_A_WHOLE, 1, 0, ("9",)),
        ("Ann", 2, 1, ("1", "2")),
        ("Bo", 1, 0, ("1",)),
    ]
    assert sum(len(h.findings) for h in heaps) == len(FOUND)


def test_people_of_two_returns_stay_apart() -> None:
    heaps = by_person([finding("1", "Ann"), finding("1", "Ann", ref="998"), finding("9", "", ref="998")])
    assert [(h.ref, h.name) for h in heaps] == [("999", "Ann"), ("998", AS_A_WHOLE), ("998", "Ann")]


def test_an_explained_query_is_no_longer_to_explain() -> None:
    (heap,) = by_person([finding("2", "Ann", "query")._replace(explanation="So it is.")])
    assert (heap.to_fix, heap.to_explain) == (0, 0)


def test_rules_come_errors_first_then_the_most_found_with_the_number_of_people() -> None:
    heaps = by_rule(FOUND)
    assert [(h.name, len(h.findings), h.people) for h in heaps] == [("1", 3, 2), ("9", 1, 0), ("2", 1, 1)]
