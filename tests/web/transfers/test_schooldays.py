"""School days are the weekdays of the authority's terms without bank holidays; Christmas 2013 is drawn here.

Term runs from 4 November to 20 December 2013 and from 6 January to 14 February 2014.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster_web.transfers.schooldays import SchoolDays, school_days

TERMS = school_days([(date(2014, 1, 6), date(2014, 2, 14)), (date(2013, 11, 4), date(2013, 12, 20))])


@pytest.mark.parametrize(
    ("start", "count", "on"),
    [
        (date(2013, 11, 29), 5, date(2013, 12, 6)),
        (date(2013, 12, 13), 5, date(2013, 12, 20)),
        (date(2013, 12, 13), 10, date(2014, 1, 10)),
        (date(2013, 12, 13), 15, date(2014, 1, 17)),
        (date(2013, 12, 24), 1, date(2014, 1, 6)),
    ],
)
def test_holidays_do_not_count(start: date, count: int, on: date) -> None:
    assert TERMS.after(start, count) == on and TERMS.since(start, on) == count


def test_without_terms_weekdays_count_but_bank_holidays_do_not() -> None:
    days = SchoolDays()
    assert days.after(date(2013, 12, 24), 1) == date(2013, 12, 27)
    assert days.after(date(2013, 12, 31), 1) == date(2014, 1, 2)


def test_beyond_the_last_term_weekdays_count() -> None:
    assert TERMS.is_one(date(2014, 2, 17)) and not TERMS.is_one(date(2014, 1, 3))


@given(st.dates(date(2012, 1, 1), date(2016, 12, 31)), st.integers(1, 40))
def test_counting_forth_and_back_agree(start: date, count: int) -> None:
    on = TERMS.after(start, count)
    assert TERMS.since(start, on) == count and TERMS.since(start, on - timedelta(days=1)) == count - 1
    assert TERMS.since(TERMS.before(on, count), on) == count
    assert TERMS.since(TERMS.before(on, count) + timedelta(days=1), on) < count
