"""The collection years in which an item, a code, a rule or an element is in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_RANGE = re.compile(r"^(\d{4})?(-)?(\d{4})?$")


@dataclass(frozen=True)
class Years:
    """One or more ranges of collection years, each with open ends allowed.

    The text form is what the catalogue holds: ``2013``, ``2018-``, ``-2022`` or ``2010-2019 2021-``.
    """

    ranges: tuple[tuple[int | None, int | None], ...] = ((None, None),)

    @classmethod
    @lru_cache(maxsize=1024)  # a catalogue says the same few over and over
    def parse(cls, text: str) -> Years:
        """Read the text form; an empty text means every year.  Raises ValueError."""
        return cls(tuple(_parse_range(part) for part in str(text).split()) or ((None, None),))

    def __contains__(self, year: int) -> bool:
        return any((a is None or a <= year) and (b is None or year <= b) for a, b in self.ranges)

    def __str__(self) -> str:
        return " ".join(_range_text(a, b) for a, b in self.ranges) or "no year"

    def overlaps(self, other: Years) -> bool:
        """Whether some year is in both."""
        return any(
            (a is None or d is None or a <= d) and (b is None or c is None or c <= b)
            for a, b in self.ranges
            for c, d in other.ranges
        )

    def within(self, other: Years) -> Years:
        """The years that are in both; none where they do not meet."""
        pairs = [(_later(a, c), _earlier(b, d)) for a, b in self.ranges for c, d in other.ranges]
        return Years(tuple((a, b) for a, b in pairs if a is None or b is None or a <= b))

    def among(self, years: tuple[int, ...]) -> tuple[int, ...]:
        """Those of the given years that are in force."""
        return tuple(year for year in years if year in self)


def _parse_range(text: str) -> tuple[int | None, int | None]:
    found = _RANGE.match(text)
    if not found or text == "-":
        raise ValueError(f"'{text}' is not a range of years; write 2013, 2018-, -2022 or 2018-2022")
    first, dash, last = found.groups()
    if not dash and last:
        raise ValueError(f"'{text}' is not a range of years; put a dash between the two years")
    start, end = (int(first) if first else None), (int(last) if last else None)
    if start and end and end < start:
        raise ValueError(f"'{text}' ends before it starts")
    return (start, end) if dash else (start, start)


def _range_text(first: int | None, last: int | None) -> str:
    if first is not None and first == last:
        return str(first)
    if first is None and last is None:
        return "every year"
    return f"{first or ''}-{last or ''}"


def _later(one: int | None, other: int | None) -> int | None:
    return max((year for year in (one, other) if year is not None), default=None)


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((year for year in (one, other) if year is not None), default=None)


EVERY_YEAR = Years()
NO_YEAR = Years(())
