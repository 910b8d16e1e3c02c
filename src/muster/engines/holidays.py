"""Working days of England and Wales, from the bank holidays in the catalogue."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from muster.catalogue.bank_holidays import bank_holidays


class Holidays(NamedTuple):
    """The known bank holidays and the period for which they are known; outside it nothing is answered."""

    first: date
    last: date
    days: tuple[date, ...]
    working: tuple[date, ...]

    def _number(self, text: object) -> int | None:
        """How many working days there are up to and including a day, or None where they are not known."""
        day = date.fromisoformat(str(text)[:10])
        return bisect_right(self.working, day) if self.first <= day <= self.last else None

    def between(self, start: object, end: object) -> int | None:
        """Working days after the first day up to and including the last; 0 if they are the wrong way round."""
        if str(end) < str(start):
            return 0
        first, last = self._number(start), self._number(end)
        return None if first is None or last is None else last - first

    def add(self, start: object, count: float) -> str | None:
        """The so-manieth working day after a day, or before it; none after is the last one up to that day."""
        number, steps = self._number(start), int(count)
        if number is None:
            return None
        is_day_off = number == 0 or self.working[number - 1].isoformat() != str(start)[:10]
        # Going back from a day off, the first step leads to the last working day before it.
        place = number + steps + (is_day_off and steps < 0)
        return self.working[place - 1].isoformat() if 0 < place <= len(self.working) else None


@cache
def holidays() -> Holidays:
    """Read the bank holidays of the catalogue."""
    days = bank_holidays()
    first, last = date(days[0].year, 1, 1), date(days[-1].year, 12, 31)
    off = set(days)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return Holidays(first, last, days, tuple(d for d in every if d.weekday() < 5 and d not in off))
