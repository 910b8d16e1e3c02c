"""The one-page brief of a school, put together from its file as the viewer may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median

import tomli
from django.utils import timezone

from muster.catalogue._source import pipe_rows
from muster.report.school_brief import BriefMeasure, BriefNote, SchoolBrief
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.design.wording import long_date
from muster_web.schools.models import Note
from muster_web.schools.queries.comparing import schools_like
from muster_web.schools.queries.parts import Cell, Line
from muster_web.schools.queries.practice import practice_for
from muster_web.schools.queries.published import published_parts, shown
from muster_web.schools.queries.school_file import SchoolFile, school_file
from muster_web.schools.themes import suggested_theme

_FILE = Path(__file__).with_name("brief.toml")
_SOURCES = (
    "Every figure with its source, its day and who may see it stands in the file of the school; figures of returns are "
    "those that were authorised, with 1 to 5 people hidden. Median is that of schools of the same type in authorities "
    "like this one, nearest in number of pupils."
)


@cache
def _figures() -> tuple[tuple[str, ...], ...]:
    rows = pipe_rows(tomli.loads(_FILE.read_text(encoding="utf-8"))["figures"])
    return tuple(tuple(row["sources"].split()) for _, row in rows)


def brief_of(viewer: Viewer, school: Organisation) -> SchoolBrief:
    """The brief of a school, made today of what the viewer may see."""
    file = school_file(viewer, school)
    practice = practice_for(viewer, school, wanted_themes(file))
    return SchoolBrief(
        name=school.name,
        ref=f"{school.ref}, URN {school.urn}" if school.urn else school.ref,
        day=timezone.localdate(),
        facts=tuple(_facts(file)),
        warnings=tuple(f"{one.why}: {one.shown} ({one.source})" for one in file.warnings),
        measures=tuple(_measures(file, schools_like(school))),
        returns=tuple(
            (str(one.subject.round), one.on_time, one.subject.get_state_display()) for one in file.returns
        ),
        notes=tuple(map(_note, file.notes)),
        practice=tuple(BriefNote(one.school.name, one.theme, one.title, one.link) for one in practice),
        sources=_SOURCES,
    )


def wanted_themes(file: SchoolFile) -> list[str]:
    """What the school needs most: the themes of its early warnings, then of its plan."""
    said = [suggested_theme(one.why) for one in file.warnings]
    return [one for one in dict.fromkeys([*said, *(each.theme for each in file.priorities)]) if one]


def _facts(file: SchoolFile) -> Iterator[tuple[str, str]]:
    if file.school.type:
        yield "Type", file.school.type
    if file.school.authority:
        yield "Authority", file.school.authority.name
    for one in file.facts:
        yield one.label, one.text
    for priority in file.priorities[:3]:
        yield "Priority", priority.text


def _note(one: Note) -> BriefNote:
    said = f"{one.text} Agreed: {one.actions}" if one.actions else one.text
    return BriefNote(f"{one.get_kind_display()}: {one.title}", long_date(one.on), said)


def _measures(file: SchoolFile, like: Sequence[Organisation]) -> Iterator[BriefMeasure]:
    lines = {line.item: line for _, parts in file.groups for part in parts for line in part.lines}
    others = [_published_lines(one) for one in like]
    for sources in _figures():
        found = next((lines[item] for item in sources if item in lines), None)
        if found is not None:
            yield _measure(found, others)


def _published_lines(school: Organisation) -> dict[str, Line]:
    return {line.item: line for part in published_parts(school) for line in part.lines}


def _measure(line: Line, others: Iterable[dict[str, Line]]) -> BriefMeasure:
    latest, before = line.latest, line.cells[1] if len(line.cells) > 1 else None
    return BriefMeasure(
        line.title, _said(latest), latest.period, _said(before) if before else "", _median(line, others)
    )


def _said(cell: Cell) -> str:
    return cell.missing or cell.shown


def _median(line: Line, others: Iterable[dict[str, Line]]) -> str:
    """The median of the same item at schools like this one, in the latest period, where at least three have it."""
    numbers = [
        cell.number
        for one in others
        if line.item in one
        for cell in one[line.item].cells
        if cell.period == line.latest.period and cell.number is not None
    ]
    if len(numbers) < 3:
        return ""
    kind = "percent" if line.latest.shown.endswith("%") else "number"
    return f"{shown(median(numbers), '', kind)} (median of {len(numbers)})"
