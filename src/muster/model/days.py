"""Reckoning with days of the calendar."""

from __future__ import annotations

from datetime import date, timedelta


def months_on(day: date, months: int) -> date:
    """The day so many months later, or before where that is below 0; the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
