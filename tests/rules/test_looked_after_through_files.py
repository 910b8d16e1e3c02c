"""Every rule of the SSDA903 return does the same to its examples when they arrive as sets of files.

example tables ──► CSV files of this year and of last ──► read ──► check ──► the same rows fail
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from muster.engines import Engine, start_engine
from muster.model import Outcome, Rule
from muster.read import People, Told, read_xml, with_previous
from muster.validate import check
from tests.looked_after_files import LOOKED_AFTER
from tests.rules.conftest import plans
from tests.rules.looked_after_worlds import Case, arrived, cases, rules_with_years
from tests.xml_returns import received

# In a set of files, a child is unaccompanied who is in the UASC file; there is no mark that could contradict it.
# So these can never fail a set, and are shown to fire from XML below.
ONLY_FROM_XML = {"105", "303", "205C"}
OFFICIAL_RULES = {2026: 311, 2027: 322}  # rules_903.csv, columns in_2025_26 and in_2026_27


def of_files() -> list[tuple[Rule, int]]:
    return [(rule, year) for rule, year in rules_with_years() if rule.id not in ONLY_FROM_XML]


@cache
def warm(year: int) -> Engine:
    """An engine that checks one return after another."""
    return start_engine("sqlite", LOOKED_AFTER, year, plan=plans(LOOKED_AFTER.name)["sqlite"])


def found(case: Case, folder: Path) -> set[int | str]:
    """The rows that fail once the case has been written and read."""
    one = arrived(case, folder)
    result = check(LOOKED_AFTER, case.year, [one], engine=warm(case.year), rules=[case.rule.id])
    (outcome,) = [one for one in result.outcomes if one.rule_id == case.rule.id]
    assert outcome.outcome in (Outcome.PASSED, Outcome.FAILED), outcome.reason
    failing = {case.place_of(one, f.key) for f in result.findings if f.rule_id == case.rule.id}
    return failing - case.unsaid


@pytest.mark.parametrize(("rule", "year"), of_files(), ids=lambda one: getattr(one, "id", one))
def test_a_rule_fires_on_rows_that_arrive_as_files(rule: Rule, year: int, tmp_path: Path) -> None:
    together = cases(rule, year)
    for n, case in enumerate(together):
        assert found(case, tmp_path / str(n)) == case.failing
    assert any(case.failing for case in together), "the rule has no failing example"


@pytest.mark.parametrize(
    ("rule", "inside"),
    [
        ("105", "<HEADER><CHILDID>C1</CHILDID><UASC>2</UASC></HEADER>"),
        ("303", "<HEADER><CHILDID>C1</CHILDID><UASC>0</UASC><DUC>01/06/2025</DUC></HEADER>"),
        ("205C", "<HEADER><CHILDID>C1</CHILDID><UASC>0</UASC><DUC>01/06/2025</DUC></HEADER>"),
    ],
)
def test_what_no_set_of_files_can_say_fires_from_xml(rule: str, inside: str, tmp_path: Path) -> None:
    people, told = People(LOOKED_AFTER), Told(2026, "999")
    now, last = (
        read_xml(
            LOOKED_AFTER,
            received(tmp_path, f"<EXPSSDA903><CHILD>{header}</CHILD></EXPSSDA903>", name),
            told=told,
            people=people,
        )
        for name, header in (("now.xml", inside), ("last.xml", inside.replace("DUC", "MC_DOB")))
    )
    with_previous(LOOKED_AFTER, now, last)
    result = check(LOOKED_AFTER, 2026, [now], engine=warm(2026), rules=[rule])
    assert [(f.code, f.key) for f in result.findings] == [(rule, 1)]


def test_every_rule_in_force_in_any_year_is_among_them() -> None:
    fired = {rule.id for rule, _ in of_files()} | ONLY_FROM_XML
    assert fired == {rule.id for rule in LOOKED_AFTER.rules}
    assert {
        year: len({rule.code for rule in LOOKED_AFTER.rules_in(year)}) for year in OFFICIAL_RULES
    } == OFFICIAL_RULES
