"""How many pupils the schools of an authority have, from the surest source of each, and by year group over years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from muster.inspecting import FileFigure
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.returns.permissions import visible_returns
from muster_web.schools.models import Figures, ReturnedFigures

_CENSUS, _PUBLISHED = "school_census", "school_pupils"
_GROUP = "year_group."


@dataclass(frozen=True)
class SchoolRoll:
    """The pupils of a school, full-time equivalents where part-time ones are known, and where this is from."""

    school: Organisation
    pupils: int
    full_time: Decimal
    source: str
    groups: Mapping[str, int] = field(default_factory=dict)
    has_hidden: bool = False


def maintained_schools(authority: Organisation) -> QuerySet[Organisation]:
    """The open schools that an authority maintains, by number."""
    found = Organisation.objects.filter(
        kind=Organisation.Kind.SCHOOL, authority=authority, is_academy=False, closed=None, owes_returns=True
    )
    return found.order_by("estab", "pk")


def rolls_of(viewer: Viewer, schools: Iterable[Organisation]) -> dict[int, SchoolRoll]:
    """The roll of each school by its key, of its last authorised census, else as it was published."""
    held = {one.pk: one for one in schools}
    found = {one.organisation_id: _published(held[one.organisation_id], one) for one in _figures(held)}
    for returned in _censuses(viewer, held).order_by("subject__round__census_day"):
        roll = _returned(held[returned.subject.organisation_id], returned)
        if roll is not None:
            found[returned.subject.organisation_id] = roll
    return {pk: roll for pk, roll in found.items() if roll is not None}


def history_of(viewer: Viewer, schools: Iterable[Organisation]) -> dict[int, dict[int, SchoolRoll]]:
    """The rolls of spring censuses by year and school, of those with a figure for every year group."""
    held = {one.pk: one for one in schools}
    found: dict[int, dict[int, SchoolRoll]] = {}
    for one in _censuses(viewer, held).filter(subject__round__collection=f"{_CENSUS}_spring"):
        roll = _returned(held[one.subject.organisation_id], one)
        if roll is not None and not roll.has_hidden:
            found.setdefault(one.subject.round.year, {})[roll.school.pk] = roll
    return found


def _censuses(viewer: Viewer, held: Mapping[int, Organisation]) -> QuerySet[ReturnedFigures]:
    seen = visible_returns(viewer).filter(organisation__in=held, round__collection__startswith=_CENSUS)
    return ReturnedFigures.objects.filter(subject__in=seen.values("pk")).select_related(
        "subject__round", "version"
    )


def _figures(held: Mapping[int, Organisation]) -> QuerySet[Figures]:
    found = Figures.objects.filter(organisation__in=held, dataset=_PUBLISHED).select_related("loading")
    return found.order_by("period", "loading")


def _published(school: Organisation, one: Figures) -> SchoolRoll | None:
    number = one.values.get("pupils", [None])[0]
    if number is None:
        return None
    return SchoolRoll(school, int(number), Decimal(int(number)), f"published, {one.period}")


def _returned(school: Organisation, one: ReturnedFigures) -> SchoolRoll | None:
    figures = [FileFigure(*values) for values in one.figures]
    numbers = {figure.item: figure.number for figure in figures if figure.number is not None}
    if "roll" not in numbers:
        return None
    groups = {
        item.removeprefix(_GROUP): int(number) for item, number in numbers.items() if item.startswith(_GROUP)
    }
    hidden = any(figure.item.startswith(_GROUP) and figure.number is None for figure in figures)
    pupils = int(numbers["roll"])
    return SchoolRoll(
        school, pupils, pupils - Decimal(int(numbers.get("part_time", 0))) / 2,
        f"{one.subject.round.title}, return {one.subject_id}, version {one.version.number}", groups, hidden,
    )  # fmt: skip
