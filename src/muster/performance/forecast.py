"""How many pupils there will be: year groups carried on by how many stayed or came, births, and planned homes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from muster.model import MusterError

Roll = Mapping[str, int]
RECEPTION = "R"
# A spring census of 2026 counts in Reception who was born from September 2020 to August 2021: the births of 2020/21.
BORN_BEFORE = 6
# Nursery years and pupils in no year group: a yield of homes is told by year group from Reception on.
_WITHOUT_HOMES = ("E1", "E2", "N1", "N2", "X")


@dataclass(frozen=True)
class Forecast:
    """The pupils of each year group in a year to come, exact; ``total`` is what a plan rounds."""

    year: int
    groups: Mapping[str, Fraction]

    @property
    def total(self) -> int:
        """All pupils, rounded half up once and not group by group."""
        return _rounded(sum(self.groups.values(), Fraction(0)))


@dataclass(frozen=True)
class Homes:
    """Homes that are finished before the spring census of a year; each year group gains ``per_group`` pupils a home."""

    year: int
    homes: int
    per_group: Fraction


@dataclass(frozen=True)
class Effects:
    """The pupils of a year to come and where they are from, each part exact by year group.

    ``survival`` are the year groups carried on alone, ``births`` what births add or take, ``housing`` what homes add.
    """

    year: int
    survival: Mapping[str, Fraction]
    births: Mapping[str, Fraction]
    housing: Mapping[str, Fraction]

    @property
    def groups(self) -> dict[str, Fraction]:
        """The year groups with every effect."""
        return {group: one + self.births[group] + self.housing[group] for group, one in self.survival.items()}

    @property
    def totals(self) -> tuple[int, int, int, int]:
        """All pupils by survival alone, by births, by housing and together, each rounded half up once."""
        parts = (self.survival, self.births, self.housing, self.groups)
        before, births, housing, whole = (_rounded(sum(one.values(), Fraction(0))) for one in parts)
        return before, births, housing, whole


def survival(history: Mapping[int, Roll], groups: Sequence[str]) -> dict[str, Fraction]:
    """For each year group but the first: its pupils over those of the group below a year before, as a ratio of sums.

    Years that do not follow each other are not compared.  A group that no two years tell of is carried on as it is.
    """
    pairs = [(history[year], history[year + 1]) for year in sorted(history) if year + 1 in history]
    found = {}
    for below, group in pairwise(groups):
        before = sum(one.get(below, 0) for one, _ in pairs)
        found[group] = (
            Fraction(sum(after.get(group, 0) for _, after in pairs), before) if before else Fraction(1)
        )
    return found


def cohort_survival(
    history: Mapping[int, Roll],
    groups: Sequence[str],
    *,
    years: int,
    intake: Mapping[int, Fraction] | None = None,
    into: str = "",
) -> tuple[Forecast, ...]:
    """The year groups of the years after the last known one; ``groups`` are their names from the youngest on.

    The group ``into`` (if not said, the youngest) of a year is its ``intake`` where that is given, such as from births;
    else the youngest is that of the year before.  Raises MusterError where no two years follow each other.
    """
    if not any(year + 1 in history for year in history):
        raise MusterError("a forecast needs the rolls of two years that follow each other")
    ratios, last = survival(history, groups), max(history)
    now = {group: Fraction(history[last].get(group, 0)) for group in groups}
    found = []
    for year in range(last + 1, last + 1 + years):
        now = {groups[0]: now[groups[0]], **_carried_on(now, groups, ratios)}
        if intake and year in intake:
            now[into or groups[0]] = intake[year]
        found.append(Forecast(year, now))
    return tuple(found)


def intake_from_births(history: Mapping[int, Roll], births: Mapping[int, int]) -> dict[int, Fraction]:
    """Reception of each year after the last known one whose births are known, by how many of those born came so far.

    ``births`` are by the year in which their school year begins: 2020 for September 2020 to August 2021.  Raises
    MusterError where no known year has both births and pupils in Reception.
    """
    both = [year for year in history if year - BORN_BEFORE in births and RECEPTION in history[year]]
    born = sum(births[year - BORN_BEFORE] for year in both)
    if not born:
        raise MusterError(
            "births cannot be used: of no known year there are both the births and the pupils in Reception"
        )
    came = Fraction(sum(history[year][RECEPTION] for year in both), born)
    last = max(history)
    return {year + BORN_BEFORE: came * many for year, many in births.items() if year + BORN_BEFORE > last}


def with_effects(
    history: Mapping[int, Roll],
    groups: Sequence[str],
    *,
    years: int,
    births: Mapping[int, int] | None = None,
    housing: Sequence[Homes] = (),
) -> tuple[Effects, ...]:
    """A forecast in parts: survival alone, what births change, what homes add.  Raises MusterError.

    Homes finished by the last known year are in its rolls already and add nothing.  What homes add is not carried on by
    survival: a home gives its pupils to each year group from Reception on in each year.
    """
    alone = cohort_survival(history, groups, years=years)
    born = alone
    if births:
        intake = intake_from_births(history, births)
        born = cohort_survival(history, groups, years=years, intake=intake, into=RECEPTION)
    last = max(history)
    coming = [one for one in housing if one.year > last]
    return tuple(_effects(before, after, coming) for before, after in zip(alone, born, strict=True))


def _effects(alone: Forecast, born: Forecast, coming: Sequence[Homes]) -> Effects:
    gained = sum((one.homes * one.per_group for one in coming if one.year <= alone.year), Fraction(0))
    return Effects(
        alone.year,
        alone.groups,
        {group: born.groups[group] - number for group, number in alone.groups.items()},
        {group: Fraction(0) if group in _WITHOUT_HOMES else gained for group in alone.groups},
    )


def _carried_on(
    now: Mapping[str, Fraction], groups: Sequence[str], ratios: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    return {group: now[below] * ratios[group] for below, group in pairwise(groups)}


def _rounded(number: Fraction) -> int:
    """Rounded half up, also below nought."""
    return int((number + Fraction(1, 2)) // 1)
