"""Milestones and money of a review: lights read from damaged symbols, totals held to their parts."""

from __future__ import annotations

from datetime import date

import pytest

from muster.performance import Count, Light
from muster.performance.finance import read_money
from muster.performance.milestones import Milestones, read_milestones
from muster.performance.symbols import is_damaged, read_symbols
from muster.performance.texts import lines_of

REVIEW = """
Service Plan Ref.\tObjective\t2008/09 Milestone\tProgress to date\tCommentary
BSC 1\tTo learn\tOpen the school, Mar 2009\t\tDone
\t\tHire a head, June2008\t○ ★\tDone
\t\tTrain staff during the year\too ≯\tDone
BSC 2\tTo save\tPlan, Sep 2008 Act, Mar 2009\t* 0\tLate

Service Plan Ref.\tObjective\t2008/09 Milestone\tProgress to date\tCommentary
\t\tCheck, Mar 2009\t*\tLate
"""


@pytest.fixture
def review() -> Milestones:
    """The milestones above."""
    return read_milestones(lines_of(REVIEW), "review.txt")


@pytest.mark.parametrize(
    ("symbols", "light"),
    [
        ("○ ★", "green"), ("oo *", "green"), ("00*", "green"), ("* 0", "red"), ("★ ○ ○", "red"), ("*", "red"),
        ("00 ×", "green"), ("N/A", "grey"), ("", None), ("?", None),
    ],
)  # fmt: skip
def test_a_star_before_the_circles_is_red_and_one_after_them_green(symbols: str, light: str | None) -> None:
    assert read_symbols(symbols) == light


def test_symbols_without_star_or_circles_are_damaged() -> None:
    assert [is_damaged(one) for one in ("○ ★", "*", "00", "N/A", "")] == [False, True, True, False, False]


def test_milestones_stand_under_their_objective_across_pages(review: Milestones) -> None:
    assert {ref: count.total for ref, count in review.by_objective.items()} == {"BSC 1": 3, "BSC 2": 3}
    assert [one.due for one in review.all] == [
        date(2009, 3, 31), date(2008, 6, 30), date(2009, 3, 31), date(2008, 9, 30), date(2009, 3, 31), date(2009, 3, 31)
    ]  # fmt: skip


def test_what_had_to_be_read_in_one_way_is_told(review: Milestones) -> None:
    assert [(one.about, one.place.line) for one in review.remarks] == [
        ("no light", 3), ("no due date", 5), ("damaged light", 5), ("two in a cell", 6), ("damaged light", 9)
    ]  # fmt: skip


def test_a_light_that_cannot_be_read_may_follow_from_the_counts_of_the_text(review: Milestones) -> None:
    settled = review.settled(Count(green=3, red=3))
    assert settled.all[0].light is Light.GREEN and settled.count == Count(green=3, red=3)
    assert "which leaves green for it" in settled.remarks[-1].text


@pytest.mark.parametrize(
    "told", [Count(green=3, red=4), Count(green=2, red=3), Count(green=3, amber=1, red=3)]
)
def test_counts_that_do_not_fit_settle_nothing(review: Milestones, told: Count) -> None:
    assert review.settled(told) is review


MONEY = """
\tBudget ('000s)\t\t\tSavings ('000s)\t\t
Rec\t02-03\t03-04\tTotal\t02-03\t03-04\tTotal
1\t7\t40\t47\t\t\t
2\t13\t347\t{total}\t\t240\t240
Total budget\t\t\t407\tTotal savings\t\t240
"""


def test_the_totals_of_money_are_held_to_their_parts() -> None:
    table = read_money(lines_of(MONEY.format(total=360)), "review.txt")
    assert {name: block.sum for name, block in table.blocks.items()} == {
        "Budget ('000s)": 407,
        "Savings ('000s)": 240,
    }
    assert not table.remarks


def test_a_total_that_is_wrong_is_told_along_and_down() -> None:
    table = read_money(lines_of(MONEY.format(total=361).replace("407", "408")), "review.txt")
    assert [one.place.line for one in table.remarks] == [5, 6]
    assert "the years add up to 360, the total says 361" in table.remarks[0].text


def test_an_amount_that_is_none_is_told() -> None:
    [remark, *_] = read_money(lines_of(MONEY.format(total=360).replace("347", "lots")), "review.txt").remarks
    assert remark.about == "bad value" and remark.place.column == "Budget ('000s) 03-04"
