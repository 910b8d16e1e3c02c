"""The arithmetic of indicators: sums before ratios, years before quarters, what is better."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model import MusterError
from muster.performance import (
    Aim,
    Measure,
    Part,
    Period,
    Value,
    progress,
    ratio_of_sums,
    read_amount,
    short_and_long,
    to_date,
    travel,
)

YEAR = 2008
HIGHER, LOWER = Aim("higher"), Aim("lower")


def quarter(part: int, year: int = YEAR) -> Period:
    return Period(year, "quarter", part)


def actual(amount: str, period: Period, **more: Any) -> Value:
    return Value("actual", period, read_amount(amount), **more)


def measure(*quarters: str, adding: Any = "sum", aim: Aim = HIGHER) -> Measure:
    """A measure with the values of a year's quarters."""
    values = tuple(actual(text, quarter(part)) for part, text in enumerate(quarters, 1) if text)
    return Measure("LI16", "Assessments completed", aim=aim, adding=adding, values=values)


def test_a_percentage_of_all_is_made_of_the_sums() -> None:
    parts = [Part(Decimal(1), Decimal(2)), Part(Decimal(0), Decimal(98))]
    assert ratio_of_sums(parts) == 1  # the mean of 50% and 0% would be 25%
    assert ratio_of_sums([]) is None


pairs = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))


@given(st.lists(pairs, max_size=8), st.lists(pairs, max_size=8))
def test_parts_may_be_added_up_first(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    def parts(of: list[tuple[int, int]]) -> list[Part]:
        return [Part(Decimal(a), Decimal(b)) for a, b in of]

    def together(of: list[tuple[int, int]]) -> Part:
        return Part(Decimal(sum(a for a, _ in of)), Decimal(sum(b for _, b in of)))

    assert ratio_of_sums(parts(some + others)) == ratio_of_sums([together(some), together(others)])


def test_counts_of_quarters_add_up_to_the_year() -> None:
    year = to_date(measure("40", "35", "50", "75"), quarter(4))
    assert (year.total, year.own, year.gaps) == (Decimal(200), Decimal(75), ())


def test_a_missing_quarter_leaves_the_year_unknown() -> None:
    year = to_date(measure("40", "", "50", "75"), quarter(4))
    assert (year.total, year.own, year.gaps) == (None, Decimal(75), (quarter(2),))


def test_a_percentage_does_not_add_up() -> None:
    assert to_date(measure("70", "75", adding="latest"), quarter(2)).total == 75


@pytest.mark.parametrize(
    ("value", "target", "aim", "index"),
    [
        ("150", "100", HIGHER, "1.5"),
        ("50", "100", LOWER, "2"),
        ("0", "5", LOWER, "1"),
        ("3", "0", LOWER, "0"),
        ("3", "0", HIGHER, "1"),
        ("50", "50-55", HIGHER, "1"),
    ],
)
def test_progress_is_above_one_where_the_target_is_beaten(
    value: str, target: str, aim: Aim, index: str
) -> None:
    assert progress(Decimal(value), read_amount(target), aim) == Decimal(index)


def test_progress_has_no_index_where_there_is_no_direction() -> None:
    assert progress(Decimal(3), read_amount("3"), Aim("equal")) is None
    assert progress(Decimal(3), read_amount("n/a"), HIGHER) is None
    assert progress(Decimal(-1), read_amount("0"), HIGHER) is None


def test_the_direction_of_travel_is_short_and_long() -> None:
    values = (actual("5", quarter(4, YEAR - 1)), actual("9", quarter(3)), actual("7", quarter(4)))
    short, long = short_and_long(Measure("1", "Days lost", aim=LOWER, values=values), quarter(4))
    assert (short.direction, long.direction) == ("better", "worse")


@pytest.mark.parametrize(
    ("before", "after", "aim", "direction"),
    [
        ("5", "5.4", HIGHER, "level"),
        ("5", "5.6", HIGHER, "better"),
        ("5", "5.6", LOWER, "worse"),
        ("1", "5", Aim("band", low=Decimal(4), high=Decimal(6)), "better"),
        ("4", "6", Aim("band", low=Decimal(4), high=Decimal(6)), "level"),
        ("5", "9", Aim("band", low=Decimal(4), high=Decimal(6)), "worse"),
        ("5", "6", Aim("equal"), "not known"),
        ("5", "n/a", HIGHER, "not known"),
    ],
)
def test_a_small_change_is_level(before: str, after: str, aim: Aim, direction: str) -> None:
    old, new = actual(before, quarter(3)), actual(after, quarter(4))
    assert travel(old, new, aim, tolerance=Decimal("0.5")).direction == direction


def test_no_direction_is_told_across_a_break_of_the_series() -> None:
    new = actual("5", quarter(4), break_note="another survey")
    told = travel(actual("4", quarter(3)), new, HIGHER)
    assert told.direction == "not known" and "another survey" in told.reason
    assert "no earlier value" in travel(None, new, HIGHER).reason
    assert "higher or lower" in travel(new, new, None).reason


def test_a_band_needs_both_ends() -> None:
    with pytest.raises(MusterError, match="band"):
        Aim("band", low=Decimal(3))
