"""The periods figures belong to: years of three kinds, their quarters and months, and single days."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from muster.model import MusterError
from muster.model.words import date_in_words

YearKind = Literal["financial", "academic", "calendar"]
PeriodKind = Literal["year", "quarter", "month", "day"]

_FIRST_MONTH: dict[YearKind, int] = {"financial": 4, "academic": 9, "calendar": 1}
_PARTS: dict[PeriodKind, int] = {"year": 1, "quarter": 4, "month": 12}
_TWO_YEARS = re.compile(r"^(\d{4}|\d{2})\s*[/-]\s*(\d{4}|\d{2}|\d)$")
_CENTURY_FROM = 70  # 70 to 99 are of the last century


class NoPeriod(MusterError):
    """A text that names no period."""


@dataclass(frozen=True, order=True)
class Period:
    """A year by the calendar year it begins in, a part of one, or a day.

    ``part`` is the quarter or month counted from the start of the year, so that quarter 4 of a financial year ends
    on 31 March.
    """

    year: int
    kind: PeriodKind = "year"
    part: int = 1
    of: YearKind = "financial"
    day: date | None = None

    def __post_init__(self) -> None:
        if self.kind == "day" and self.day is None:
            raise NoPeriod("a single day needs its date")
        if self.kind != "day" and not 1 <= self.part <= _PARTS[self.kind]:
            raise NoPeriod(f"a year has no {self.kind} {self.part}")

    @property
    def starts(self) -> date:
        """Its first day."""
        if self.day:
            return self.day
        return _month(self.year, _FIRST_MONTH[self.of] + self._months * (self.part - 1))

    @property
    def ends(self) -> date:
        """Its last day."""
        if self.day:
            return self.day
        return _month(self.year, _FIRST_MONTH[self.of] + self._months * self.part) - timedelta(days=1)

    @property
    def _months(self) -> int:
        return 12 // _PARTS[self.kind]

    @property
    def before(self) -> Period:
        """The period of its kind just before it."""
        if self.day:
            return replace(self, day=self.day - timedelta(days=1))
        if self.part > 1:
            return replace(self, part=self.part - 1)
        return replace(self, year=self.year - 1, part=_PARTS[self.kind])

    @property
    def year_before(self) -> Period:
        """The same period a year earlier."""
        return replace(self, year=self.year - 1, day=_a_year_before(self.day) if self.day else None)

    @property
    def whole_year(self) -> Period:
        """The year it is part of."""
        return Period(self.year, of=self.of)

    def __str__(self) -> str:
        if self.day:
            return date_in_words(self.day)
        year = str(self.year) if self.of == "calendar" else f"{self.year}/{(self.year + 1) % 100:02d}"
        if self.kind == "year":
            return year
        return f"Quarter {self.part} of {year}" if self.kind == "quarter" else f"{self.starts:%B %Y}"


def read_year(text: str, of: YearKind = "financial") -> Period:
    """The year a heading names: 03/04, 2003/04, 2008-09 or 2007/8.  Raises NoPeriod."""
    found = _TWO_YEARS.match(text.strip())
    if not found:
        raise NoPeriod(f"'{text.strip()}' names no year; write it as 2003/04")
    first = _whole(found[1])
    if (first + 1) % 10 ** len(found[2]) != int(found[2]):
        raise NoPeriod(f"'{text.strip()}' is not two years that follow one another")
    return Period(first, of=of)


def year_of(day: date, of: YearKind = "financial") -> Period:
    """The year a day lies in."""
    return Period(day.year if day.month >= _FIRST_MONTH[of] else day.year - 1, of=of)


def quarter_of(day: date, of: YearKind = "financial") -> Period:
    """The quarter a day lies in."""
    months = (day.month - _FIRST_MONTH[of]) % 12
    return replace(year_of(day, of), kind="quarter", part=months // 3 + 1)


def _whole(written: str) -> int:
    number = int(written)
    if len(written) == 4:
        return number
    return number + (1900 if number >= _CENTURY_FROM else 2000)


def _month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _a_year_before(day: date) -> date:
    """The same day of the year before; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
