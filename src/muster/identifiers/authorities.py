"""The authorities a number may name: those there are, those there were, and for UPNs those that never were one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import tomli

import muster_catalogue

_FILE = Path(muster_catalogue.__file__).parent / "upn_authorities.toml"


class Authorities(NamedTuple):
    """The numbers, those that only a UPN may hold, and the first year of those that are younger than the list."""

    all: frozenset[str]
    only_in_upns: frozenset[str]
    since: dict[str, int]

    def in_upns(self, school_year: int | None = None) -> frozenset[str]:
        """What characters 2 to 4 of a UPN may be, in the school year that starts in a year or in any."""
        if school_year is None:
            return self.all
        return self.all - {code for code, first in self.since.items() if school_year < first}

    @property
    def of_schools(self) -> frozenset[str]:
        """What the number of a school may start with."""
        return self.all - self.only_in_upns


@cache
def authorities() -> Authorities:
    """The list as the catalogue holds it."""
    data = tomli.loads(_FILE.read_text(encoding="utf-8"))
    only = frozenset(_numbers(data["only_in_upns"]))
    return Authorities(
        frozenset(_numbers(data["authorities"])) | only | frozenset(data["since"]), only, data["since"]
    )


def _numbers(text: str) -> Iterator[str]:
    """Every number of ranges such as ``001-005 420``."""
    for part in text.split():
        first, _, last = part.partition("-")
        yield from (f"{number:03d}" for number in range(int(first), int(last or first) + 1))
