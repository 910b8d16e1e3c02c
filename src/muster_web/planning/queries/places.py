"""Places in the schools of an authority: how many, who fills them, and how many pupils there will be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from muster.catalogue import load_collection
from muster.model import MusterError
from muster.performance import ratio_of_sums
from muster.performance.forecast import Effects, Homes, cohort_survival, with_effects
from muster.performance.places import PlacesOfSchool, places_by_phase
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.schools.queries.rolls import SchoolRoll, history_of, maintained_schools, rolls_of

YEARS_AHEAD = 5


@dataclass(frozen=True)
class PlacesLine:
    """A school with its places, its roll and where that is from."""

    places: PlacesOfSchool
    roll: SchoolRoll

    @property
    def over(self) -> int:
        """How many pupils more it has than places; they fill nobody else's."""
        return max(0, self.places.pupils - self.places.capacity)


@dataclass(frozen=True)
class PhasePlaces:
    """The unfilled places of a phase and its schools with many, each with its percentage as a ratio of sums."""

    phase: str
    unfilled: Decimal
    capacity: Decimal
    percent: Decimal | None
    many: Decimal
    schools: Decimal
    many_percent: Decimal | None


@dataclass(frozen=True)
class Outlook:
    """The pupils of past years and of years to come, of the schools that have a figure in every year compared."""

    groups: tuple[str, ...]
    known: tuple[tuple[int, dict[str, int]], ...]
    ahead: tuple[Effects, ...]
    schools: int
    why_not: str = ""


@dataclass(frozen=True)
class PlacePlan:
    """Everything the page of place planning shows."""

    lines: tuple[PlacesLine, ...]
    phases: tuple[PhasePlaces, ...]
    left_out: tuple[Organisation, ...]
    outlook: Outlook


@dataclass(frozen=True)
class Assumed:
    """What a forecast is asked to take for granted: births by year, and homes that are planned."""

    births: Mapping[int, int] = field(default_factory=dict)
    homes: Sequence[Homes] = ()


NOTHING_ASSUMED = Assumed()


def place_plan(viewer: Viewer, authority: Organisation, *, assumed: Assumed = NOTHING_ASSUMED) -> PlacePlan:
    """The places of the maintained schools of an authority; schools without capacity or roll are named.

    Raises MusterError where the births assumed are of no year whose Reception is known.
    """
    schools = list(maintained_schools(authority))
    rolls = rolls_of(viewer, schools)
    lines = tuple(line for one in schools if (line := _line(one, rolls.get(one.pk))))
    counted = {line.roll.school.pk for line in lines}
    return PlacePlan(
        lines,
        tuple(_phases([line.places for line in lines])),
        tuple(one for one in schools if one.pk not in counted),
        _outlook(viewer, schools, assumed),
    )


def _line(school: Organisation, roll: SchoolRoll | None) -> PlacesLine | None:
    capacity = str(school.register.get("SchoolCapacity", ""))
    if roll is None or not capacity.isdecimal() or not int(capacity):
        return None
    phase = school.phase or "Phase not known"
    return PlacesLine(PlacesOfSchool(school.ref, phase, int(capacity), roll.pupils), roll)


def _phases(schools: list[PlacesOfSchool]) -> Iterator[PhasePlaces]:
    for one in places_by_phase(schools):
        yield PhasePlaces(
            one.phase, one.places.numerator, one.places.denominator, ratio_of_sums([one.places]),
            one.schools.numerator, one.schools.denominator, ratio_of_sums([one.schools]),
        )  # fmt: skip


def _outlook(viewer: Viewer, schools: Iterable[Organisation], assumed: Assumed) -> Outlook:
    history = history_of(viewer, schools)
    every = set.intersection(*(set(rolls) for rolls in history.values())) if history else set()
    summed = {year: _summed(rolls[pk] for pk in every) for year, rolls in sorted(history.items())}
    groups = _in_order({group for roll in summed.values() for group in roll})
    if why_not := _why_not(summed, groups):
        return Outlook(groups, tuple(summed.items()), (), len(every), why_not)
    ahead = with_effects(summed, groups, years=YEARS_AHEAD, births=assumed.births, housing=assumed.homes)
    return Outlook(groups, tuple(summed.items()), ahead, len(every))


def _why_not(summed: Mapping[int, Mapping[str, int]], groups: Sequence[str]) -> str:
    """Why there can be no forecast at all; '' where there can."""
    if not groups:
        return "No authorised spring census shows the roll of every year group yet."
    try:
        cohort_survival(summed, groups, years=1)
    except MusterError as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    return ""


def _summed(rolls: Iterable[SchoolRoll]) -> dict[str, int]:
    found: dict[str, int] = {}
    for roll in rolls:
        for group, pupils in roll.groups.items():
            found[group] = found.get(group, 0) + pupils
    return found


def _in_order(groups: set[str]) -> tuple[str, ...]:
    """The year groups from the youngest on, as the census lists them."""
    codes = load_collection("school_census_spring").code_sets["year_group"].codes
    return tuple(dict.fromkeys(one.code for one in codes if one.code in groups))
