"""What every invented child has: a birth date, a sex, an ethnicity and numbers that nobody can have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from random import Random

from muster.sample._authorities import INVENTED
from muster.sample._identifiers import unique_pupil_number

YEAR = 365.25
# An authority without a number of its own still has to be named in a UPN: this one was given up in 2009.
_NAMED_IN_UPN = {INVENTED: "820"}
_ETHNICITIES = ("WBRI", "WOTH", "WIRI", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "APKN", "ABAN", "AIND", "AOTH",
                "BAFR", "BCRB", "BOTH", "CHNE", "OOTH", "REFU", "NOBT")  # fmt: skip
_ETHNIC_UP_TO = tuple(accumulate((640, 55, 4, 8, 32, 18, 22, 40, 32, 16, 10, 22, 46, 16, 14, 2, 22, 3, 8)))


@dataclass(frozen=True)
class YearOfReturn:
    """The year of a return of children, 1 April to 31 March, as ordinals; it is called by the year it ends in."""

    year: int

    @cached_property
    def start(self) -> int:
        """The first day of the year."""
        return date(self.year - 1, 4, 1).toordinal()

    @cached_property
    def end(self) -> int:
        """The last day of the year."""
        return date(self.year, 3, 31).toordinal()


@dataclass(frozen=True)
class Child:
    """One invented child; days are ordinals."""

    number: str
    born: int
    sex: str
    ethnicity: str
    upn: str


class Nursery:
    """Invents the children of one authority, one after the other."""

    def __init__(self, authority: str, rng: Random) -> None:
        self.authority, self.rng, self._count = authority, rng, 0
        self._upn_authority = _NAMED_IN_UPN.get(authority, authority)

    def child(self, born: int, *, sex: str = "") -> Child:
        """The next child, born on a day."""
        rng, index = self.rng, self._count
        self._count += 1
        sex = sex or ("M" if rng.random() < 0.53 else "F")
        ethnicity = rng.choices(_ETHNICITIES, cum_weights=_ETHNIC_UP_TO)[0]
        started_school = int((born - 1) // YEAR) + 5
        upn = unique_pupil_number(self._upn_authority, index, started_school)
        return Child(f"{self.authority}C{index:06d}", born, sex, ethnicity, upn)


def sex_code(sex: str, year: int) -> str:
    """The sex as returns of a year code it: until 2024 by numbers."""
    return {"M": "1", "F": "2", "U": "0"}[sex] if year <= 2024 else sex


def birthday(born: int, age: int) -> int:
    """The day on which someone born on a day turned so many years old; 1 March where there is no 29 February."""
    day = date.fromordinal(born)
    try:
        return day.replace(year=day.year + age).toordinal()
    except ValueError:
        return date(day.year + age, 3, 1).toordinal()


def age_on(born: int, day: int) -> int:
    """Complete years from birth to a day."""
    first, then = date.fromordinal(born), date.fromordinal(day)
    return then.year - first.year - ((then.month, then.day) < (first.month, first.day))


def weekday(day: int) -> int:
    """The day itself, or the Friday before a weekend."""
    return day - max(0, (day - 1) % 7 - 4)


def days_ago(rng: Random, until: int, mean: int, most: int) -> int:
    """A day before another: sooner is likelier, by so many days in the mean."""
    return until - min(int(rng.expovariate(1 / mean)) + 1, most)
