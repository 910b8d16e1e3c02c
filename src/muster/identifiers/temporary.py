"""Temporary UPNs by age: which have waited how long for the permanent number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from muster.identifiers.upn import is_temporary, parse_upn

_CENTURY = 100


class Ageing(NamedTuple):
    """Temporary UPNs of one year of allocation, which is all a number says of its age."""

    year: int
    age: int
    upns: tuple[str, ...]


def ageing(upns: Iterable[str], school_year: int) -> list[Ageing]:
    """The temporary UPNs among these by year of allocation, the oldest first.

    ``school_year`` is the year in which the present one started; a number of its own year is 0 years old.
    """
    by_year: dict[int, list[str]] = {}
    for upn in sorted(set(upns)):
        if is_temporary(upn):
            by_year.setdefault(_year_of(upn, school_year), []).append(upn)
    return [Ageing(year, school_year - year, tuple(found)) for year, found in sorted(by_year.items())]


def _year_of(upn: str, school_year: int) -> int:
    """The year of allocation in full: the last one with these two digits, next year's included."""
    return school_year + 1 - (school_year + 1 - int(parse_upn(upn).year)) % _CENTURY
