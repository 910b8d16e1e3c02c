"""A child with an error of the first stage is not asked the rules of the second, and the outcome says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine_names import QUICK_ENGINES
from tests.looked_after_files import HEADER, LOOKED_AFTER, YEAR, read_set, table

from muster.catalogue.build import build
from muster.catalogue.plan import Plan
from muster.engines import start_engine
from muster.model import CheckResult, Outcome
from muster.model.local import Local
from muster.validate import check

GOOD = "C{n},U,01/02/2010,WBRI,UN1,0,"  # sex U: rule 232, of the second stage
WRONG = "C{n},U,01/02/2010,NOPE,UN1,0,"  # no such ethnicity: rule 103, of the first
NOBODY = ",U,01/02/2010,WBRI,UN1,0,"  # no identifier, and sex U


@pytest.fixture(scope="module", params=QUICK_ENGINES)
def plan(request: pytest.FixtureRequest) -> Plan:
    return build(LOOKED_AFTER)[request.param]


def checked(folder: Path, plan: Plan, *lines: str, all_stages: bool = False) -> CheckResult:
    one = read_set(table(folder, "h.csv", HEADER, *(line.format(n=n) for n, line in enumerate(lines))))
    engine = start_engine(plan.engine, LOOKED_AFTER, YEAR, plan=plan)
    return check(
        LOOKED_AFTER, YEAR, [one], engine=engine, local=Local(all_stages=all_stages), rules=["103", "232"]
    )


def outcome(result: CheckResult, code: str) -> tuple[Outcome, int, str]:
    (found,) = [o for o in result.outcomes if o.code == code and o.rule_id in ("header.ethnic.code", code)]
    return found.outcome, found.findings, found.reason


def test_a_child_in_order_is_asked_both_stages(tmp_path: Path, plan: Plan) -> None:
    result = checked(tmp_path, plan, GOOD, GOOD)
    assert outcome(result, "103") == (Outcome.PASSED, 0, "")
    assert outcome(result, "232") == (Outcome.FAILED, 2, "")


def test_a_child_with_an_error_of_the_first_stage_is_left_out_and_counted(tmp_path: Path, plan: Plan) -> None:
    result = checked(tmp_path, plan, GOOD, WRONG, GOOD)
    assert outcome(result, "103") == (Outcome.FAILED, 1, "")
    said = "not asked of 1 child with an error of stage 1"
    assert outcome(result, "232") == (Outcome.FAILED, 2, said)
    assert [f.record for f in result.findings if f.code == "232"] == ["child C0: header", "child C2: header"]


def test_where_most_children_are_left_out_the_others_are_asked_still(tmp_path: Path, plan: Plan) -> None:
    result = checked(tmp_path, plan, WRONG, GOOD, WRONG, NOBODY)
    said = "not asked of 2 children with an error of stage 1"
    assert outcome(result, "232") == (Outcome.FAILED, 2, said)


def test_children_passed_over_are_in_no_answer_until_others_are_loaded(tmp_path: Path) -> None:
    one = read_set(table(tmp_path, "h.csv", HEADER, *(GOOD.format(n=n) for n in range(3))))
    engine = start_engine("sqlite", LOOKED_AFTER, YEAR)
    engine.load([one])
    engine.pass_over([1, 3])
    assert [answer.keys for answer in engine.answers([engine.rules["232"]])] == [(2,)]
    engine.load([one])
    assert [answer.keys for answer in engine.answers([engine.rules["232"]])] == [(1, 2, 3)]


def test_where_every_child_is_left_out_the_rule_is_not_run(tmp_path: Path, plan: Plan) -> None:
    result = checked(tmp_path, plan, WRONG, WRONG)
    assert outcome(result, "232") == (Outcome.NOT_RUN, 0, "every child has an error of stage 1")


def test_all_stages_can_be_asked_of_everyone(tmp_path: Path, plan: Plan) -> None:
    assert outcome(checked(tmp_path, plan, GOOD, WRONG, all_stages=True), "232") == (Outcome.FAILED, 2, "")
