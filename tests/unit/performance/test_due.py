"""The day a plan means by what it writes as a due date."""

from __future__ import annotations

from datetime import date

import pytest

from muster.performance.due import read_due


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        ("30/11/2026", date(2026, 11, 30)),
        ("30.11.2026", date(2026, 11, 30)),
        (" 30 November 2026 ", date(2026, 11, 30)),
        ("1st Sept 2026", date(2026, 9, 1)),
        ("Feb. 2028", date(2028, 2, 29)),
        ("March 2027", date(2027, 3, 31)),
    ],
)
def test_a_day_is_read_however_it_is_written_and_a_month_ends_on_its_last(written: str, day: date) -> None:
    assert read_due(written) == day


@pytest.mark.parametrize(
    "written", ["", "soon", "ongoing", "31/11/2026", "0/1/2026", "Smarch 2027", "2027", "2026-13-01"]
)
def test_what_names_no_day_is_none(written: str) -> None:
    assert read_due(written) is None
