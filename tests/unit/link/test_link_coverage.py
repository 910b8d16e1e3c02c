"""How much came by itself: every place for a value is counted once."""

from __future__ import annotations

from collections.abc import Callable

from tests.link_sources import anyshire, school

from muster.link import Coverage, ItemCoverage, Linked

Join = Callable[..., Linked]
MIS = """
school   | ref | tn      | born       | family | given | sex | ethnicity | type | start      | post
919/4001 | M1  | 0000012 | 1980-02-03 | Ash    | Ann   | 2   |           | PRM  | 2010-09-01 | TCH
919/4001 | M2  | 0000021 | 1970-05-06 | Elm    | Eve   | 2   | WBRI      | PRM  | 2010-09-01 | TCH
919/4002 | M9  | 0000012 | 1980-02-03 | Ash    | Ann   | 2   |           | PRM  | 2010-09-01 | SUP
"""
PAYROLL = """
school   | ref | tn      | born       | family | given | sex | type | start      | post | hours | fte  | weeks | range | spine | point
919/4001 | P1  | 0000012 | 1980-02-03 | Ash    | Ann   | 1   | PRM  | 2010-09-01 | TCH  | 20    | 32.5 | 52    | TE    | EW    | M5
"""  # noqa: E501 - one row of a table


def of_item(coverage: Coverage, table: str, item: str) -> ItemCoverage:
    """The counts of one item."""
    return next(one for one in coverage.items if (one.table, one.item) == (table, item))


def test_each_value_is_counted_under_its_source(join: Join) -> None:
    linked = join(mis=MIS, payroll=PAYROLL, authority=anyshire(school("919/4001"), school("919/4002")))
    one = linked.coverage["919/4001"]
    assert of_item(one, "members", "sex").by_source == {"mis": 2}
    assert of_item(one, "members", "sex").conflicting == 1
    assert of_item(one, "hours", "hours_per_week").by_source == {"payroll": 1}
    assert of_item(one, "payments", "base_pay").derived == 1
    assert of_item(one, "members", "ethnicity").to_key == 1
    assert of_item(one, "contracts", "daily_rate").not_expected == 2


def test_a_personal_item_of_one_human_being_is_to_key_once_and_waits_elsewhere(join: Join) -> None:
    linked = join(mis=MIS, payroll=PAYROLL, authority=anyshire(school("919/4001"), school("919/4002")))
    assert of_item(linked.coverage["919/4002"], "members", "ethnicity").waiting == 1
    assert of_item(linked.total, "members", "ethnicity").to_key == 1


def test_the_total_is_the_sum_of_the_schools_and_agrees_with_the_to_key_list(join: Join) -> None:
    linked = join(mis=MIS, payroll=PAYROLL, authority=anyshire(school("919/4001"), school("919/4002")))
    assert linked.total.people == sum(one.people for one in linked.coverage.values()) == 3
    assert linked.total.whole.to_key == len(linked.to_key)
    whole = linked.total.whole
    assert (
        whole.wanted
        == whole.automatic + whole.derived + whole.carried + whole.keyed + whole.to_key + whole.waiting
    )


def test_percentages_are_of_what_is_wanted() -> None:
    item = ItemCoverage("members", "sex", "Sex", {"mis": 3, "payroll": 1, "last_year": 2}, 2)
    assert (item.percentage(item.automatic), item.percentage(item.to_key)) == (50.0, 25.0)
    assert ItemCoverage("members", "sex", "Sex").percentage(0) == 100.0
