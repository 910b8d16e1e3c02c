"""The file of one school, put together from the register, published figures, its returns and what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.shortcuts import get_object_or_404

from muster.published import Dataset, Measure, load_datasets
from muster_web.accounts.models import Organisation, Succession
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Return
from muster_web.returns.permissions import visible_returns
from muster_web.schools.early_warnings import Warned, warnings_of
from muster_web.schools.models import Challenge, Figures, Note
from muster_web.schools.permissions import readable_notes, sees_challenges

# The parts of a file in the order of the page: the group of a published file, and its heading.
GROUPS = {
    "pupils": "Pupils",
    "attendance": "Attendance",
    "attainment": "Attainment and destinations",
    "workforce": "Workforce",
    "places": "Places",
    "children": "Children's services",
}


@dataclass(frozen=True)
class Cell:
    """One figure: as it is shown, why it is missing where it is, and where it came from."""

    period: str
    shown: str
    missing: str
    file: str
    row: int
    number: float | None


@dataclass(frozen=True)
class Line:
    """One item with its figures, the latest period first."""

    item: str
    title: str
    kind: str
    cells: tuple[Cell, ...]

    @property
    def latest(self) -> Cell:
        """The figure of the latest period."""
        return self.cells[0]


@dataclass(frozen=True)
class Part:
    """The lines of one published file, and where they are from."""

    dataset: Dataset
    lines: tuple[Line, ...]

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods there are figures for, the latest first."""
        return tuple(dict.fromkeys(cell.period for line in self.lines for cell in line.cells))


@dataclass(frozen=True)
class SchoolFile:
    """Everything the viewer may see of one school or authority."""

    school: Organisation
    groups: tuple[tuple[str, tuple[Part, ...]], ...]
    successions: tuple[Succession, ...]
    returns: tuple[Return, ...]
    notes: tuple[Note, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    warnings: tuple[Warned, ...] = field(default=())


def get_school(pk: int) -> Organisation:
    """A school or an authority, or Http404."""
    found = Organisation.objects.filter(kind__in=("school", "authority")).select_related("authority", "trust")
    return get_object_or_404(found, pk=pk)


def school_file(viewer: Viewer, school: Organisation) -> SchoolFile:
    """The file of a school as the viewer may see it."""
    parts = parts_of(school)
    returns = tuple(visible_returns(viewer).filter(organisation=school).order_by("-round__closes"))
    notes = tuple(readable_notes(viewer).filter(school=school))
    seen = sees_challenges(viewer, school)
    return SchoolFile(
        school=school,
        groups=_grouped(parts),
        successions=_successions(school),
        returns=returns,
        notes=notes,
        challenges=tuple(school.challenges.select_related("by", "answered_by")) if seen else (),
        warnings=warnings_of(parts, returns) if seen else (),
    )


def parts_of(organisation: Organisation) -> tuple[Part, ...]:
    """What published files say of an organisation, in the order of the catalogue."""
    found = Figures.objects.filter(organisation=organisation).select_related("loading").order_by("loading")
    latest: dict[str, dict[str, Figures]] = {}
    for one in found:  # a later file of a period takes the place of an earlier
        latest.setdefault(one.dataset, {})[one.period] = one
    return tuple(
        Part(dataset, lines)
        for dataset in load_datasets()
        if dataset.name in latest and (lines := _lines(dataset, latest[dataset.name]))
    )


def _lines(dataset: Dataset, figures: Mapping[str, Figures]) -> tuple[Line, ...]:
    newest_first = [figures[period] for period in sorted(figures, reverse=True)]
    return tuple(
        Line(measure.name, measure.title, measure.kind, cells)
        for measure in dataset.measures
        if (cells := tuple(_cell(measure, one) for one in newest_first if measure.name in one.values))
    )


def _cell(measure: Measure, one: Figures) -> Cell:
    number, printed, missing = one.values[measure.name]
    return Cell(one.period, shown(number, printed, measure.kind), missing, one.loading.name, one.row, number)


def shown(number: float | None, printed: str, kind: str) -> str:
    """A figure as a page shows it: 1,503, 12.5%, £45,421, or the text that was published."""
    if number is None:
        return printed
    if kind in ("percent", "share"):
        return f"{number:.1f}%"
    if kind == "money":
        return f"£{number:,.0f}"
    return f"{number:,.0f}" if kind == "count" else f"{number:,.2f}".rstrip("0").rstrip(".")


def _grouped(parts: Iterable[Part]) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    held = list(parts)
    groups = (
        (title, tuple(one for one in held if one.dataset.group == group)) for group, title in GROUPS.items()
    )
    return tuple((title, found) for title, found in groups if found)


def _successions(school: Organisation) -> tuple[Succession, ...]:
    found = Succession.objects.filter(Q(predecessor=school) | Q(successor=school))
    return tuple(found.select_related("predecessor", "successor").order_by("on"))
