"""Working days are counted over the bank holidays of the catalogue, and only where those are known."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from muster.engines.holidays import holidays

KNOWN = holidays()
known_days = st.dates(KNOWN.first, KNOWN.last)


def test_the_known_period_is_whole_years_and_covers_every_year_of_the_census() -> None:
    assert (KNOWN.first.month, KNOWN.first.day) == (1, 1)
    assert (KNOWN.last.month, KNOWN.last.day) == (12, 31)
    assert KNOWN.first <= date(2009, 9, 1)
    assert KNOWN.last >= date(2026, 12, 31)


def test_no_holiday_and_no_day_of_a_weekend_is_a_working_day() -> None:
    assert not set(KNOWN.days) & set(KNOWN.working)
    assert all(day.weekday() < 5 for day in KNOWN.working)


@given(known_days, known_days)
def test_working_days_between_are_those_one_would_tick_off_a_calendar(one: date, other: date) -> None:
    start, end = sorted([one, other])
    ticked = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    count = sum(day.weekday() < 5 and day not in KNOWN.days for day in ticked)
    assert KNOWN.between(start.isoformat(), end.isoformat()) == count
    assert KNOWN.between(end.isoformat(), start.isoformat()) == (0 if start < end else count)


@given(known_days, st.integers(1, 400))
def test_so_many_working_days_on_there_are_so_many_working_days_between(start: date, count: int) -> None:
    then = KNOWN.add(start.isoformat(), count)
    assert then is None or KNOWN.between(start.isoformat(), then) == count
    assert then is not None or start > KNOWN.last - timedelta(days=2 * 400)


@given(
    st.dates(max_value=KNOWN.first - timedelta(days=1)) | st.dates(min_value=KNOWN.last + timedelta(days=1))
)
def test_outside_the_known_years_nothing_is_answered(day: date) -> None:
    assert KNOWN.add(day.isoformat(), 1) is None
    assert KNOWN.between(day.isoformat(), day.isoformat()) is None
