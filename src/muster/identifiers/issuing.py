"""Give out unique pupil numbers of a school and year whose serials never repeat, also with two runs at once.

The last serial given out is kept in a file, by school and year; a lock beside it makes runs wait for each other.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from muster.identifiers.authorities import authorities
from muster.identifiers.upn import LETTERS, NOBODY, Upn
from muster.model.errors import MusterError
from muster.model.writing import write_whole

_LAST_PERMANENT = 999
_PER_LETTER = 100
_LAST_TEMPORARY = _PER_LETTER * len(LETTERS) - 1


class Issue(NamedTuple):
    """Who gives numbers out: a school, the year of allocation, and whether they are temporary."""

    school: str
    year: int
    temporary: bool = False

    def check(self) -> None:
        """Refuse what no school can be.  Raises MusterError."""
        lea, estab = self.school[:3], self.school[3:]
        if not (len(self.school) == 7 and self.school.isascii() and self.school.isdecimal()):
            raise MusterError(
                f"'{self.school}' is not the number of a school; write it as 9991234 or 999/1234"
            )
        if lea not in {*authorities().of_schools, NOBODY}:
            raise MusterError(f"{lea} is not the number of an authority")
        if not 1000 <= int(estab) <= 8999:
            raise MusterError(f"a school's number is from 1000 to 8999, not {estab}")

    @property
    def series(self) -> str:
        """The name under which its last serial is kept."""
        return f"{self.school}/{self.year}{'/temporary' if self.temporary else ''}"

    @property
    def last(self) -> int:
        """The highest serial there is."""
        return _LAST_TEMPORARY if self.temporary else _LAST_PERMANENT

    def number(self, serial: int) -> str:
        """The UPN with a serial: 001 to 999, or 00A, 01A and so on for a temporary one."""
        letter, digits = divmod(serial, _PER_LETTER)
        written = f"{digits:02d}{LETTERS[letter]}" if self.temporary else f"{serial:03d}"
        return str(Upn(self.school[:3], self.school[3:], f"{self.year % 100:02d}", written))


def issue(state: Path, who: Issue, count: int, *, taken: Collection[str] = ()) -> list[str]:
    """So many numbers nobody had from here before; ``taken`` are numbers given out elsewhere, which are passed over.

    All or none are given out: too few serials left is a MusterError, and nothing is kept.
    """
    who.check()
    if count < 1:
        raise MusterError(f"{count} is no number of UPNs to give out")
    with _locked(state):
        kept = _read(state)
        numbers, last = _free(who, kept.get(who.series, _before_first(who)), count, taken)
        write_whole(state, json.dumps({**kept, who.series: last}, indent=1, sort_keys=True).encode())
    return numbers


def _before_first(who: Issue) -> int:
    return -1 if who.temporary else 0


def _free(who: Issue, last: int, count: int, taken: Collection[str]) -> tuple[list[str], int]:
    found: list[str] = []
    before = last
    while len(found) < count and last < who.last:
        last += 1
        number = who.number(last)
        if number not in taken:
            found.append(number)
    if len(found) < count:
        kind = "temporary UPNs" if who.temporary else "UPNs"
        raise MusterError(
            f"school {who.school[:3]}/{who.school[3:]} has {len(found)} {kind} of {who.year} left "
            f"(the last serial given out is {before}), not {count}; none was given out"
        )
    return found, last


def _read(state: Path) -> dict[str, int]:
    if not state.exists():
        return {}
    try:
        kept: Any = json.loads(state.read_text(encoding="utf-8"))
        return {str(series): int(last) for series, last in kept.items()}
    except (ValueError, AttributeError, TypeError):
        raise MusterError(
            f"{state.name} does not hold the serials given out. Do not delete it: put back a copy, or numbers repeat."
        ) from None


@contextmanager
def _locked(state: Path) -> Iterator[None]:
    """Wait until nobody else gives out numbers from the same file."""
    state.parent.mkdir(parents=True, exist_ok=True)
    with state.with_name(f"{state.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
