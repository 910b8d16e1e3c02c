"""Schools beside each other: those chosen, and those most like one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Abs

from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.schools.models import Neighbour, Size
from muster_web.schools.queries.parts import Cell
from muster_web.schools.queries.school_file import parts_of

MOST_COMPARED = 6


@dataclass(frozen=True)
class ComparedLine:
    """One item of several schools: a figure for each, None where nothing was published."""

    title: str
    period: str
    cells: tuple[Cell | None, ...]


def compared(viewer: Viewer, schools: Sequence[Organisation]) -> list[ComparedLine]:
    """Every item the viewer may see of at least one of the schools, of the latest period any has."""
    found = [{line.item: line for part in parts_of(viewer, one) for line in part.lines} for one in schools]
    items = dict.fromkeys(item for lines in found for item in lines)
    compared_lines = []
    for item in items:
        having = [lines[item] for lines in found if item in lines]
        period = max(line.latest.period for line in having)
        cells = tuple(_cell_of(lines[item].cells, period) if item in lines else None for lines in found)
        compared_lines.append(ComparedLine(having[0].title, period, cells))
    return compared_lines


def _cell_of(cells: Iterable[Cell], period: str) -> Cell | None:
    return next((cell for cell in cells if cell.period == period), None)


def schools_like(school: Organisation, most: int = 10) -> list[Organisation]:
    """Schools of the same type in authorities like its own, those nearest in size first.

    The authorities are the department's statistical neighbours; without them or the number of pupils there are none.
    """
    mine = Size.objects.filter(organisation=school).first()
    if mine is None or school.authority_id is None:
        return []
    near = Neighbour.objects.filter(authority=school.authority_id).values("other")
    found = Size.objects.filter(
        organisation__authority__in=near, organisation__type=school.type, organisation__closed=None
    )
    nearest = found.annotate(apart=Abs(F("pupils") - mine.pupils)).order_by("apart", "organisation__name")
    ranked = list(nearest.values_list("organisation", flat=True)[:most])
    schools = Organisation.objects.select_related("authority").in_bulk(ranked)
    return [schools[pk] for pk in ranked]
