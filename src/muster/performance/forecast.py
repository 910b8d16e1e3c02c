"""How many pupils there will be: each year group carried on by how many stayed or came in the years that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from muster.model import MusterError

Roll = Mapping[str, int]


@dataclass(frozen=True)
class Forecast:
    """The pupils of each year group in a year to come, exact; ``total`` is what a plan rounds."""

    year: int
    groups: Mapping[str, Fraction]

    @property
    def total(self) -> int:
        """All pupils, rounded half up once and not group by group."""
        return int(sum(self.groups.values(), Fraction(0)) + Fraction(1, 2))


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
    history: Mapping[int, Roll], groups: Sequence[str], *, years: int, intake: Mapping[int, int] | None = None
) -> tuple[Forecast, ...]:
    """The year groups of the years after the last known one; ``groups`` are their names from the youngest on.

    The youngest of a year is its ``intake`` where that is given, such as from births, else that of the year before.
    Raises MusterError where no two years follow each other.
    """
    if not any(year + 1 in history for year in history):
        raise MusterError("a forecast needs the rolls of two years that follow each other")
    ratios, last = survival(history, groups), max(history)
    now = {group: Fraction(history[last].get(group, 0)) for group in groups}
    found = []
    for year in range(last + 1, last + 1 + years):
        now = _a_year_on(now, groups, ratios, (intake or {}).get(year))
        found.append(Forecast(year, now))
    return tuple(found)


def _a_year_on(
    now: Mapping[str, Fraction], groups: Sequence[str], ratios: Mapping[str, Fraction], intake: int | None
) -> dict[str, Fraction]:
    first = now[groups[0]] if intake is None else Fraction(intake)
    later = {group: now[below] * ratios[group] for below, group in pairwise(groups)}
    return {groups[0]: first, **later}
