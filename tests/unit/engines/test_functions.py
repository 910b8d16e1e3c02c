"""The portable functions in plain Python, against slower ways of saying the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.engines import functions as f
from muster.engines.holidays import holidays

dates = st.dates()
near_dates = st.dates(date(1890, 1, 1), date(2110, 12, 31))


@given(near_dates, near_dates)
def test_complete_months_are_counted_by_stepping_from_month_to_month(one: date, other: date) -> None:
    start, end = sorted([one, other])
    steps = 0
    while (end.year * 12 + end.month - (start.year * 12 + start.month), end.day) >= (steps + 1, start.day):
        steps += 1
    assert f.full_months(start.isoformat(), end.isoformat()) == steps


@given(near_dates, near_dates)
def test_the_other_way_round_years_and_months_are_negative(one: date, other: date) -> None:
    for count in (f.full_years, f.full_months, f.days_between):
        assert count(one.isoformat(), other.isoformat()) == -count(other.isoformat(), one.isoformat())


@given(near_dates, st.integers(0, 120))
def test_a_person_is_so_many_years_old_from_the_birthday_on(born: date, age: int) -> None:
    leapling = (born.month, born.day) == (2, 29)
    year = born.year + age
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    birthday = date(year, 3, 1) if leapling and not leap else date(year, born.month, born.day)
    assert f.full_years(born.isoformat(), birthday.isoformat()) == age
    if age:
        assert f.full_years(born.isoformat(), (birthday - timedelta(days=1)).isoformat()) == age - 1


@given(near_dates, st.integers(-2000, 2000))
def test_months_added_fall_in_that_month_on_that_day_or_its_last(start: date, months: int) -> None:
    then = date.fromisoformat(str(f.add_months(start.isoformat(), months)))
    assert then.year * 12 + then.month == start.year * 12 + start.month + months
    assert then.day == start.day or (then.day < start.day and (then + timedelta(days=1)).day == 1)


@given(dates, st.integers(-4_000_000, 4_000_000))
def test_days_added_are_the_days_between(start: date, days: int) -> None:
    then = f.add_days(start.isoformat(), days)
    assert then is None or f.days_between(start.isoformat(), then) == days
    assert (then is None) == (not 1 <= start.toordinal() + days <= date.max.toordinal())


@given(near_dates, st.integers(-10, 800))
def test_weekdays_are_those_one_would_tick_off_a_calendar(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    ticked = sum((start + timedelta(days=n)).weekday() < 5 for n in range(days + 1))
    assert f.weekdays_between(start.isoformat(), end.isoformat()) == ticked


@given(st.dates())
def test_a_date_is_read_and_only_in_its_one_form(day: date) -> None:
    assert f.as_date(day.isoformat()) == day.isoformat()
    assert f.as_date(f"{day.isoformat()} ") is None
    assert f.as_date(day.strftime("%d/%m/%Y")) is None


@given(st.text())
def test_no_text_whatever_makes_a_typing_fail(text: str) -> None:
    for typed in (f.as_date, f.as_datetime, f.as_number, f.as_whole, f.as_boolean):
        typed(text)


@given(st.decimals(-(10**9), 10**9, places=3, allow_nan=False), st.integers(0, 6))
def test_rounding_is_that_of_the_number_as_it_is_written(number: Decimal, places: int) -> None:
    expected = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert f.rounded(float(number), places) == float(expected)


@given(st.text(alphabet=st.characters(max_codepoint=255)))
def test_capitals_and_small_letters_undo_each_other_within_latin_1(text: str) -> None:
    assert f.lower(f.upper(text)) == text.translate(f._LOWER)
    assert all(a == b or a.upper() == b for a, b in zip(text, f.upper(text), strict=True))


EVERY_FUNCTION = f.functions() | f.working_day_functions(holidays())


@pytest.mark.parametrize("name", sorted(EVERY_FUNCTION))
def test_an_empty_value_makes_no_function_fail(name: str) -> None:
    values, function = EVERY_FUNCTION[name]
    assert function(*[None] * values) in (None, False)


@given(st.tuples(*[st.none() | st.integers(0, 9)] * 4))
def test_periods_overlap_when_they_share_a_day(ends: tuple[int | None, ...]) -> None:
    a_from, a_to, b_from, b_to = ends
    backwards = any(s is not None and e is not None and e < s for s, e in ((a_from, a_to), (b_from, b_to)))
    if backwards or (a_from is None and a_to is None) or (b_from is None and b_to is None):
        return
    days = range(-1, 11)
    shared = any(
        (a_from is None or a_from <= d) and (a_to is None or d <= a_to)
        and (b_from is None or b_from <= d) and (b_to is None or d <= b_to)
        for d in days
    )  # fmt: skip
    texts = [None if n is None else f"2013-11-0{n}" for n in ends]
    assert f.periods_overlap(*texts) == shared
