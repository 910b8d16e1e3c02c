"""A rule that reads a table which did not arrive is not run, and says why; an empty table is another matter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.looked_after_files import LOOKED_AFTER, YEAR

from muster.catalogue.build import build
from muster.engines import start_engine
from muster.model import EVERY_YEAR, Outcome, Return, Rows, Rule
from muster.validate import check

LAST = "not exists (select 1 from episodes_last e where e.child_id = this.child_id)"
THROUGH = "not exists (select 1 from closing_episodes_last e where e.child_id = this.child_id)"
OWN = "upn is null"
NO_RETURN = "no previous return"


def outcome(
    fails_when: str, *, may_lack: tuple[str, ...] = (), absent: dict[str, str]
) -> tuple[Outcome, str]:
    """What becomes of a rule about headers, asked of a return of one header."""
    rule = Rule("asked", "asked", "", "header", fails_when, EVERY_YEAR, may_lack=may_lack)
    collection = replace(LOOKED_AFTER, rules=(rule,))
    tables = {name: Rows.empty(LOOKED_AFTER, name) for name in LOOKED_AFTER.tables}
    one = Return(LOOKED_AFTER.name, YEAR, tables, absent=absent)
    tables["children"].append({"child_id": 1, "return_id": 1}, {"child": "C1"})
    tables["header"].append({"header_id": 1, "child_id": 1, "return_id": 1}, {"child": "C1"})
    engine = start_engine("duckdb", collection, YEAR, plan=build(collection)["duckdb"])
    (found,) = check(collection, YEAR, [one], engine=engine).outcomes
    engine.close()
    return found.outcome, found.reason


@pytest.mark.parametrize("predicate", [LAST, THROUGH])
def test_a_rule_is_not_run_without_a_table_it_reads_itself_or_through_another(predicate: str) -> None:
    assert outcome(predicate, absent={"episodes_last": NO_RETURN}) == (Outcome.NOT_RUN, NO_RETURN)


@pytest.mark.parametrize("predicate", [LAST, THROUGH])
def test_an_empty_table_is_not_absent(predicate: str) -> None:
    assert outcome(predicate, absent={}) == (Outcome.FAILED, "")


def test_a_rule_may_do_without_a_table() -> None:
    assert (
        outcome(LAST, may_lack=("episodes_last",), absent={"episodes_last": NO_RETURN})[0] is Outcome.FAILED
    )


def test_a_rule_is_not_run_without_a_column_of_its_own_table() -> None:
    said = "a.csv has no column UPN"
    assert outcome(OWN, absent={"header.upn": said}) == (Outcome.NOT_RUN, said)
    assert outcome(OWN, absent={"header.sex": said, "reviews": "not there"}) == (Outcome.FAILED, "")
