"""Schools beside each other: those chosen, and those most like one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, FloatField
from django.db.models.fields.json import KT
from django.db.models.functions import Abs, Cast

from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.schools.models import Figures, Neighbour
from muster_web.schools.queries.parts import Cell
from muster_web.schools.queries.school_file import parts_of

MOST_COMPARED = 6
_SIZE = ("school_pupils", "pupils")


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
    mine = (
        Figures.objects.filter(organisation=school, dataset=_SIZE[0]).order_by("-period", "-loading").first()
    )
    size = mine.values[_SIZE[1]][0] if mine and _SIZE[1] in mine.values else None
    if size is None or school.authority_id is None:
        return []
    near = Neighbour.objects.filter(authority=school.authority_id).values("other")
    found = Figures.objects.filter(
        dataset=_SIZE[0],
        organisation__authority__in=near,
        organisation__type=school.type,
        organisation__closed=None,
    )
    pupils = Cast(KT(f"values__{_SIZE[1]}__0"), FloatField())
    nearest = found.annotate(apart=Abs(pupils - size)).order_by(
        F("apart").asc(nulls_last=True), "organisation__name"
    )
    return [one.organisation for one in nearest.select_related("organisation__authority")[:most]]
