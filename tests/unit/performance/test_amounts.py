"""Amounts and years as people type them into plans."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.performance import NoAmount, Period, quarter_of, read_amount, read_year, year_of
from muster.performance.periods import NoPeriod


@pytest.mark.parametrize(
    ("text", "number", "decimals", "unit", "note"),
    [
        ("20.1", "20.1", 1, "", ""),
        ("98.77", "98.77", 2, "", ""),
        ("4.20", "4.2", 2, "", ""),
        ("0.66m", "660000", 2, "", ""),
        ("0.047m", "47000", 3, "", ""),
        ("£1,346k", "1346000", 0, "£", ""),
        ("95.6%", "95.6", 1, "%", ""),
        ("4.3 (based on 1999 survey)", "4.3", 1, "", "based on 1999 survey"),
    ],
)
def test_an_amount_keeps_what_was_typed(text: str, number: str, decimals: int, unit: str, note: str) -> None:
    amount = read_amount(text)
    assert amount.number == Decimal(number)
    assert (amount.text, amount.decimals, amount.unit, amount.note) == (text, decimals, unit, note)


@pytest.mark.parametrize("text", ["n/a", "N/A", "N/a", "–", ""])
def test_where_there_is_no_amount_the_reason_is_kept(text: str) -> None:
    amount = read_amount(text)
    assert amount.number is None and not amount.is_range and amount.missing


def test_a_target_may_be_a_range() -> None:
    amount = read_amount("50-55%")
    assert (amount.low, amount.high, amount.unit) == (Decimal(50), Decimal(55), "%")
    assert amount.is_range and amount.number is None


@pytest.mark.parametrize("text", ["about 5", "5 or 6", "1,00", "55-50", "12.3.4", "5 (a) 6"])
def test_what_is_no_amount_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(NoAmount, match=re.escape(text)):
        read_amount(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_written_number_is_read_as_itself(number: Decimal) -> None:
    assert read_amount(f"{number:,}").number == number
    assert read_amount(str(number)).decimals == 3


@pytest.mark.parametrize("text", ["03/04", "2003/04", "2003-04", "2003/4"])
def test_a_year_is_read_in_every_way_it_is_written(text: str) -> None:
    assert read_year(text) == Period(2003)
    assert str(read_year(text)) == "2003/04"


@pytest.mark.parametrize("text", ["03/05", "2003", "last year", "2003/2005"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(NoPeriod):
        read_year(text)


def test_a_financial_year_ends_with_its_fourth_quarter() -> None:
    quarter = Period(2008, "quarter", 4)
    assert (quarter.starts, quarter.ends) == (date(2009, 1, 1), date(2009, 3, 31))
    assert quarter.whole_year == year_of(date(2009, 3, 31)) and quarter_of(date(2009, 3, 31)) == quarter
    assert str(quarter) == "Quarter 4 of 2008/09"


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["financial", "academic", "calendar"]))
def test_every_day_lies_in_its_quarter_and_the_one_before_ends_the_day_before(day: date, of: str) -> None:
    quarter = quarter_of(day, of)  # type: ignore[arg-type]
    assert quarter.starts <= day <= quarter.ends
    assert (quarter.starts - quarter.before.ends).days == 1
    assert quarter.year_before.year == quarter.year - 1


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_single_day_is_a_period_too(day: date) -> None:
    snapshot = Period(day.year, "day", day=day)
    assert snapshot.starts == snapshot.ends == day and snapshot.year_before.ends < day
    with pytest.raises(NoPeriod):
        Period(day.year, "day")


@given(st.integers(1970, 2068))
def test_a_year_written_short_is_read_as_itself(year: int) -> None:
    assert read_year(f"{year % 100:02}/{(year + 1) % 100:02}") == Period(year)


def test_a_year_has_no_fifth_quarter() -> None:
    with pytest.raises(NoPeriod, match="no quarter 5"):
        Period(2008, "quarter", 5)
