"""Rules for some kinds of school are asked of those only, return by return."""

from __future__ import annotations

from muster.catalogue import load_collection
from muster.model import Outcome, Return, Rows
from muster.validate import check

SPRING = load_collection("school_census_spring")


def school(phase: str | None, **pupil: str) -> Return:
    """A return of a school with one pupil."""
    tables = {name: Rows.empty(SPRING, name) for name in SPRING.tables}
    header = {
        "lea": "999",
        "estab": "4001",
        "reference_date": "2014-01-16",
        "source_level": "S",
        "phase": phase,
    }
    tables["returns"].append({"return_id": 1}, header)
    tables["pupils"].append({"return_id": 1, "pupil_id": 1}, {"on_roll": "true", **pupil})
    return Return(SPRING.name, 2014, tables)


def codes(*returns: Return) -> list[tuple[str, str]]:
    result = check(SPRING, 2014, returns, rules=["1570", "pupils.uln.phase"], engine=None)
    return [(f.code, f.ref) for f in result.findings]


def test_a_uln_is_asked_of_secondary_schools_only() -> None:
    old = {"birth_date": "1999-05-01"}
    assert codes(school("SS", **old)) == [("1570", "999/4001")]
    assert codes(school("PS", **old)) == []


def test_a_uln_from_a_primary_school_is_found() -> None:
    given = {"uln": "9990000025", "birth_date": "2005-05-01"}
    assert codes(school("PS", **given)) == [("pupils.uln.phase", "999/4001")]
    assert codes(school("SS", **given)) == []


def test_a_school_of_no_known_phase_is_not_asked_and_the_outcome_says_so() -> None:
    result = check(SPRING, 2014, [school(None, birth_date="1999-05-01")], rules=["1570"])
    (outcome,) = result.outcomes
    assert (outcome.outcome, outcome.reason) == (Outcome.NOT_RUN, "it is about schools of another phase")


def test_schools_of_several_phases_are_asked_each_what_is_for_it() -> None:
    old = {"birth_date": "1999-05-01"}
    result = check(SPRING, 2014, [school("PS", **old), school("SS", **old)], rules=["1570"])
    assert [(o.outcome, o.findings, o.reason) for o in result.outcomes] == [(Outcome.FAILED, 1, "")]
