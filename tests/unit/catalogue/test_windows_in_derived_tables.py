"""Windows stand in derived tables only, and only where no engine has a choice."""

from __future__ import annotations

import pytest

from muster.catalogue._language import Names, PredicateError
from muster.catalogue._predicate import check_predicate, check_select

NAMES = Names({"e": frozenset({"e_id", "child_id", "decom", "dec", "n"})}, frozenset(), {})
OVER = "over (partition by x.child_id order by x.decom, x.e_id)"


def derived(expression: str) -> str:
    """A derived table of one column, as it stands in the plan of SQLite."""
    return check_select(f"select {expression} as answer from e x", NAMES).tree.sql(dialect="sqlite")


@pytest.mark.parametrize("function", ["row_number()", "lag(x.dec)", "lag(x.dec, 2)", "lead(x.n)"])
def test_the_rows_around_a_row_may_be_asked(function: str) -> None:
    assert "ORDER BY x.decom NULLS LAST, x.e_id NULLS LAST" in derived(f"{function} {OVER}")


def test_a_sum_may_be_taken_over_all_rows_or_those_so_far() -> None:
    so_far = OVER.replace(")", " rows between unbounded preceding and current row)")
    assert "SUM(x.n) OVER (PARTITION BY x.child_id)" in derived("sum(x.n) over (partition by x.child_id)")
    assert "UNBOUNDED PRECEDING" in derived(f"sum(x.n) {so_far}").upper()


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("lag(x.dec) over (partition by x.child_id order by x.decom)", "end 'order by' with a key"),
        ("lag(x.dec) over (partition by x.child_id)", "needs 'order by'"),
        ("lag(x.dec) over (order by x.decom, x.e_id)", "needs 'partition by'"),
        ("count(*) over ()", "needs 'partition by'"),
        (f"sum(x.n) {OVER}", "rows between"),
        (f"lag(x.dec, x.n) {OVER}", "written out"),
        (f"lag(x.dec, 1, x.decom) {OVER}", "a value and a number of rows only"),
        (f"first_value(x.dec) {OVER}", "not part of the rule language"),
        (f"rank() {OVER}", "not part of the rule language"),
        ("lag(x.dec)", "needs over"),
    ],
)
def test_a_window_that_engines_answer_differently_is_refused(expression: str, complaint: str) -> None:
    with pytest.raises(PredicateError, match=complaint):
        derived(expression)


def test_a_table_has_no_order() -> None:
    with pytest.raises(PredicateError, match="a table has no order"):
        check_select("select x.n as n from e x order by x.n", NAMES)


@pytest.mark.parametrize(
    "predicate", ["lag(dec) over (partition by child_id order by e_id) > dec", "row_number() = 1"]
)
def test_a_rule_may_not_look_at_other_rows(predicate: str) -> None:
    with pytest.raises(PredicateError, match="only a derived table may"):
        check_predicate(predicate, "e", NAMES)
