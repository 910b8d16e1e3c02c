"""Every rule in force ends as passed, failed, not run with the reason, or broke; none is left out in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engine_names import QUICK_ENGINES
from tests.small_census import (
    CENSUS,
    PLANS,
    RULES,
    YEAR,
    checked,
    engine,
    findings_of,
    outcome,
    school,
)

from muster.model import MusterError, Notice, Outcome
from muster.model.local import Local
from muster.validate import check

LATE = {"members": [{"name": "Ann", "born": "2013-12-01"}]}
PAID = {"members": [{"name": "Ann"}], "posts": [{"member_id": 1, "title": "Head", "pay": "1500"}]}


@pytest.mark.parametrize("name", QUICK_ENGINES)
def test_every_rule_in_force_has_an_outcome_in_the_order_of_the_catalogue(name: str) -> None:
    result = checked(school(records=LATE), name=name)
    assert [o.rule_id for o in result.outcomes] == [rule.id for rule in RULES]
    assert outcome(result, "1100") == ("failed", 1, "")
    assert outcome(result, "1000") == ("passed", 0, "")


def test_a_rule_about_a_module_declared_absent_is_not_run() -> None:
    result = checked(school(posts_included="false"))
    assert outcome(result, "1200Q") == ("not run", 0, "the return says of itself: Posts_Included: no")


@pytest.mark.parametrize("flag", ["true", "1", None, "maybe"])
def test_a_module_that_is_not_declared_absent_is_checked(flag: str | None) -> None:
    assert outcome(checked(school(records=PAID, posts_included=flag)), "1200Q") == ("failed", 1, "")


def test_a_rule_about_the_flag_itself_runs_where_the_module_is_declared_absent() -> None:
    result = checked(school(records=PAID, posts_included="false"))
    assert outcome(result, "1800") == ("failed", 1, "")


def test_a_module_absent_from_some_returns_is_checked_in_the_others() -> None:
    result = checked(school("4001", records=PAID, posts_included="0"), school("4002", records=PAID))
    assert outcome(result, "1200Q") == (
        "failed",
        1,
        "not run for 1 return: the return says of itself: Posts_Included: no",
    )
    assert [f.ref for f in findings_of(result, "1200Q")] == ["999/4002"]


def test_a_rule_about_the_authoritys_file_is_not_run_on_a_schools_and_the_other_way_round() -> None:
    ours = checked(school(records={"gaps": [{}]}))
    assert outcome(ours, "1500") == ("not run", 0, "it is about the authority's own file only")
    assert outcome(ours, "1400") == ("failed", 1, "")
    theirs = checked(school("", records={"visitors": [{}]}, source_level="L"))
    assert outcome(theirs, "1400") == ("not run", 0, "it is about the school's own file only")
    assert outcome(theirs, "1500") == ("failed", 1, "")


def test_a_rule_across_returns_needs_two() -> None:
    people = {"members": [{"name": "Ann"}]}
    assert outcome(checked(school(records=people)), "1700") == (
        "not run", 0, "it compares returns, and there is only one",
    )  # fmt: skip
    both = checked(school("4001", records=people), school("4002", records=people))
    assert outcome(both, "1700") == ("failed", 2, "")


def test_a_rule_whose_constant_has_no_value_in_the_year_is_not_run() -> None:
    result = checked(school(records=LATE))
    assert outcome(result, "1600") == ("not run", 0, "there is no value for $opening_day in this year")


def test_a_rule_suspended_here_is_not_run_and_says_why() -> None:
    result = checked(school(records=LATE), local=Local(suspended={"1100": "the register is wrong"}))
    assert outcome(result, "1100") == ("not run", 0, "suspended here: the register is wrong")
    assert result.findings == ()


def test_a_rule_the_engine_has_no_plan_for_is_not_run() -> None:
    collection = replace(CENSUS, rules=(*RULES, replace(RULES[0], id="9999", code="9999")))
    running = engine()
    result = check(collection, YEAR, [school()], engine=running)
    running.close()
    assert outcome(result, "9999") == (
        "not run",
        0,
        "the rule is not in the built plan; run 'muster rules build'",
    )


@pytest.mark.parametrize("name", QUICK_ENGINES)
def test_a_rule_that_breaks_is_neither_passed_nor_does_it_stop_others(name: str) -> None:
    running = engine(name)
    running.rules["1200Q"] = PLANS[name].rules_in(YEAR)["1200Q"]._replace(sql="this.no_such_item > 1")
    result = check(CENSUS, YEAR, [school(records=LATE)], engine=running)
    running.close()
    state, count, reason = outcome(result, "1200Q")
    assert (state, count) == (Outcome.BROKE, 0)
    assert "no_such_item" in reason
    assert outcome(result, "1100") == ("failed", 1, "")


@pytest.mark.parametrize("name", QUICK_ENGINES)
def test_unknown_never_fails(name: str) -> None:
    unreadable = {
        "members": [{"name": "Ann", "born": "yesterday"}, {"name": "Bob"}],
        "posts": [{"pay": "£1"}],
    }
    result = checked(school(records=unreadable), name=name)
    assert {o.outcome for o in result.outcomes} == {Outcome.PASSED, Outcome.NOT_RUN}


def test_only_the_rules_asked_for_are_run_by_id_or_code() -> None:
    running = engine()
    result = check(CENSUS, YEAR, [school(records=LATE)], engine=running, rules=["1100"])
    running.close()
    assert [o.rule_id for o in result.outcomes] == ["1100"]


def test_a_downgraded_error_is_a_query() -> None:
    result = checked(school(records=LATE), local=Local(downgraded={"1100": "agreed with the school"}))
    assert [f.severity for f in findings_of(result, "1100")] == ["query"]
    assert (result.to_fix, result.to_explain) == (0, 1)


def test_what_the_department_decided_is_told_from_what_the_place_did() -> None:
    place = Local(suspended={"1200Q": "our own"}, downgraded={"1100": "our own"})
    local = place.ruled({"1100": "known fault"}, {"1300": "under review", "1200Q": "softer"})
    result = checked(school(records=LATE), local=local)
    assert outcome(result, "1100") == ("not run", 0, "suspended by the department: known fault")
    assert outcome(result, "1200Q") == ("not run", 0, "suspended here: our own")
    assert outcome(result, "1300")[2] == "downgraded by the department: under review"


def test_the_tolerance_of_a_place_decides_and_is_the_one_shown() -> None:
    assert (
        outcome(checked(school(records=PAID), local=Local(tolerances={"1200Q": 2000.0})), "1200Q")[0]
        == "passed"
    )
    (found,) = findings_of(checked(school(records=PAID), local=Local(tolerances={"1200Q": 1499.5})), "1200Q")
    assert found.message == "Pay 1500 is above 1499.5."


def test_a_return_of_another_year_is_refused_by_its_name() -> None:
    running = engine()
    with pytest.raises(
        MusterError, match=r"4001\.xml is a return of small_census 2012; this run is for .* 2013"
    ):
        check(CENSUS, YEAR, [replace(school(), year=2012)], engine=running)
    running.close()


def test_a_run_without_returns_passes_nothing_it_could_not_ask() -> None:
    result = checked()
    assert result.findings == ()
    assert outcome(result, "1700")[0] == "not run"


def test_what_reading_noticed_stands_among_the_findings() -> None:
    one = school(records=LATE)
    one.notices += [
        Notice("read.duplicate", "error", "Born is given twice.", "Keep one.", table="members", key=1, item="born",
               value="2013", line=12),
        Notice("link.conflict", "query", "Two sources differ.", file="pay.csv"),
    ]  # fmt: skip
    result = checked(one)
    (duplicate,), (conflict,) = findings_of(result, "read.duplicate"), findings_of(result, "link.conflict")
    assert (duplicate.record, duplicate.values, duplicate.line) == (
        "Ann, born 1 December 2013",
        {"born": "2013"},
        12,
    )
    assert (duplicate.file, conflict.file) == ("4001.xml", "pay.csv")
    assert (duplicate.asks_source, conflict.asks_source) == (False, True)
