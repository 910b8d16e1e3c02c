"""A rule about the census year is asked only of returns that give its reference date; else it is not run, with why."""

from __future__ import annotations

import pytest

from muster.catalogue import load_collection
from muster.model import CheckResult, Outcome, Return, Rows
from muster.validate import check

CHILDREN = load_collection("children_in_need")
ASKED = ["100", "8520", "8590", "8890"]  # 8890 asks a derived table that uses the last day of the census year


def a_return(reference_date: str | None, *, lea: str = "999", born: str = "2030-05-26") -> Return:
    """A return of 2026 with one child, born after any census year, and no episode."""
    one = Return(CHILDREN.name, 2026, {name: Rows.empty(CHILDREN, name) for name in CHILDREN.tables})
    header = {"collection": "CIN", "year": "2026", "lea": lea, "reference_date": reference_date}
    one.tables["returns"].append({"return_id": 1}, header)
    one.tables["children"].append({"child_id": 1, "return_id": 1}, {"la_child_id": "A1", "birth_date": born})
    return one


def checked(*returns: Return) -> CheckResult:
    return check(CHILDREN, 2026, returns, rules=ASKED)


def outcome(result: CheckResult, rule: str) -> tuple[Outcome, str]:
    return next((o.outcome, o.reason) for o in result.outcomes if o.rule_id == rule)


def test_with_the_reference_date_of_the_year_every_rule_is_run() -> None:
    result = checked(a_return("2026-03-31"))
    assert outcome(result, "100") == (Outcome.PASSED, "")
    assert outcome(result, "8520") == (Outcome.FAILED, "")
    assert outcome(result, "8890") == (Outcome.PASSED, "")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "(empty)"), ("31/03/2026", "31/03/2026"), ("2026-02-30", "2026-02-30"),
        ("2026-03-30", "30 March 2026"), ("2025-03-31", "31 March 2025"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rule", ["8520", "8890"])
def test_without_it_rules_about_the_census_year_are_not_run(rule: str, given: str | None, said: str) -> None:
    result = checked(a_return(given))
    reason = f"the reference date is {said}, not 31 March 2026, so the census year is not known"
    assert outcome(result, rule) == (Outcome.NOT_RUN, reason)
    assert outcome(result, "100")[0] == outcome(result, "8590")[0] == Outcome.FAILED
    assert {finding.code for finding in result.findings} == {"100", "8590"}


def test_a_rule_that_some_returns_cannot_be_asked_says_of_how_many() -> None:
    result = checked(a_return("2026-03-31", lea="998"), a_return(None))
    found, reason = outcome(result, "8520")
    assert found == Outcome.FAILED
    assert reason.startswith("not run for 1 return: the reference date is (empty)")
    assert [finding.ref for finding in result.findings if finding.code == "8520"] == ["998"]


def test_where_no_return_gives_it_the_reason_speaks_of_all() -> None:
    _, reason = outcome(checked(a_return(None, lea="998"), a_return("2025-03-31")), "8520")
    assert reason == "they do not give 31 March 2026 as their reference date"


def test_a_collection_that_does_not_say_so_needs_no_reference_date() -> None:
    assert load_collection("school_workforce").needs_reference_date == frozenset()
