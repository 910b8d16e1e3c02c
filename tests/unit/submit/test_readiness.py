"""A return may be submitted exactly when nothing stands in the way, and what does is said."""

from __future__ import annotations

from dataclasses import replace

from tests.small_census import checked, school

from muster.model import CheckResult, Outcome, RuleOutcome
from muster.resolve import Note, apply_notes
from muster.submit import readiness

LATE = [{"name": "Ann", "born": "2013-12-01"}, {"name": "Bob", "born": "2013-12-01"}]
PAID = [{"member_id": 1, "title": "Head", "pay": "1500"}]


def reasons(result: CheckResult) -> list[tuple[str, ...]]:
    return [one.reasons for one in readiness(result)]


def test_a_clean_return_may_be_submitted() -> None:
    (one,) = readiness(checked(school(records={"members": [{"name": "Ann"}]})))
    assert one.may_submit
    assert (one.ref, one.reasons) == ("999/4001", ())


def test_errors_and_open_queries_stand_in_the_way() -> None:
    assert reasons(checked(school(records={"members": LATE, "posts": PAID}))) == [
        ("2 errors to fix", "1 query to explain")
    ]


def test_an_explained_query_does_not() -> None:
    result = checked(school(records={"members": [{"name": "Ann"}], "posts": PAID}))
    explained = apply_notes(result, {f.fingerprint: Note(f.fingerprint, "agreed") for f in result.findings})
    (one,) = readiness(explained)
    assert one.may_submit
    assert (one.to_explain, one.explained) == (0, 1)


def test_each_return_of_a_run_answers_for_itself_in_the_order_of_the_run() -> None:
    result = checked(school("4002", records={"members": LATE}), school("4001"))
    assert [(one.ref, one.may_submit) for one in readiness(result)] == [
        ("999/4002", False),
        ("999/4001", True),
    ]


def test_a_rule_that_broke_leaves_the_return_not_fully_checked() -> None:
    result = replace(
        checked(school()), outcomes=(RuleOutcome("1100", "1100", Outcome.BROKE, reason="no such column"),)
    )
    assert reasons(result) == [("rule 1100 broke, so the return is not fully checked",)]


def test_a_question_to_the_sources_is_counted_apart_and_only_an_error_of_them_blocks() -> None:
    result = checked(school(records={"members": LATE}))
    first, second = (f._replace(asks_source=True) for f in result.findings)
    asked = replace(result, findings=(first, second._replace(severity="query")))
    (one,) = readiness(asked)
    assert (one.to_fix, one.to_explain) == (0, 0)
    assert one.reasons == ("1 question to the sources to answer",)
