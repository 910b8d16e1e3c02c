"""Count school days by an authority's own terms: weekdays within a term that are no bank holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from muster.catalogue.bank_holidays import bank_holidays

_SATURDAY = 5
_HOLIDAYS = frozenset(bank_holidays())
_MOST_DAYS = 400


@dataclass(frozen=True)
class SchoolDays:
    """The terms of an authority, each by its first and last day; on a day beyond them all, weekdays count.

    Who keeps no terms is chased by weekdays, sooner rather than never; the pages say so.
    """

    terms: tuple[tuple[date, date], ...] = ()

    def is_one(self, day: date) -> bool:
        """Whether schools are open on a day."""
        if day.weekday() >= _SATURDAY or day in _HOLIDAYS:
            return False
        return not self._known(day) or any(first <= day <= last for first, last in self.terms)

    def _known(self, day: date) -> bool:
        """Whether a day lies between the first and the last day of the terms that are known."""
        return bool(self.terms) and self.terms[0][0] <= day <= self.terms[-1][1]

    def after(self, start: date, count: int) -> date:
        """The so-manieth school day after a day."""
        days = (day for day in _from(start + timedelta(days=1)) if self.is_one(day))
        return next(day for place, day in enumerate(days, 1) if place == count)

    def since(self, start: date, today: date) -> int:
        """How many school days came after a day, up to and including today; counted for at most 400 days."""
        ahead = min((today - start).days, _MOST_DAYS)
        return sum(self.is_one(start + timedelta(days=n)) for n in range(1, ahead + 1))

    def before(self, today: date, count: int) -> date:
        """The last day that is at least so many school days ago."""
        day = today
        while count:
            count -= self.is_one(day)
            day -= timedelta(days=1)
        return day


def school_days(terms: Iterable[tuple[date, date]]) -> SchoolDays:
    """The school days of some terms, in whatever order they stand."""
    return SchoolDays(tuple(sorted(terms)))


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)
