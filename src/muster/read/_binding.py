"""Lay a mapping over the sheets of a file: which layout each has, and where each heading stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from muster.catalogue._source import nearest
from muster.model import UnreadableFile
from muster.read.mapping import Column, Layout, SourceMapping
from muster.read.sheets import Sheet
from muster.read.values import fold

_SHOWN = 12  # headings named in a message
_ENOUGH = 0.4  # a sheet that fits less well has no layout
_TITLE = 0.3  # what the right title adds


@dataclass(frozen=True)
class Bound:
    """One sheet under one layout, its headings turned into positions."""

    layout: Layout
    sheet: Sheet
    columns: tuple[tuple[int, Column], ...]
    person: tuple[int, ...]
    school: tuple[int, ...]
    keys: Mapping[str, tuple[int, ...]]
    skip_where: Mapping[int, frozenset[str]]


def bind(mapping: SourceMapping, sheets: Sequence[Sheet]) -> tuple[list[Bound], list[Sheet]]:
    """Each sheet that some layout fits, bound to it, and the sheets that none fits.

    Raises UnreadableFile where a heading the layout needs is missing, or where no sheet fits at all.
    """
    bound: list[Bound] = []
    left: list[Sheet] = []
    for sheet in sheets:
        layout = _layout_of(sheet, mapping)
        if fold(sheet.name) in mapping.other_sheets:
            continue
        if layout is None:
            left.append(sheet)
        else:
            bound.append(_bound(layout, sheet, mapping))
    if not bound:
        raise UnreadableFile(_nothing_fits(mapping, sheets))
    return bound, left


def fit(layout: Layout, sheet: Sheet) -> float:
    """How well a sheet's headings fit a layout, from 0 to 1: shared headings against both sides' own."""
    has = {layout.other_headings.get(name, name) for name in map(fold, sheet.headings)}
    wanted = [set(column.names) for column in layout.columns if column.required]
    wanted += [{fold(heading)} for heading in layout.identifying]
    found = sum(1 for names in wanted if names & has)
    understood = len(has & layout.known)
    if understood < min(2, max(1, len(wanted))):
        return 0.0
    share = understood / max(1, len(has))
    return 0.7 * found / len(wanted) + 0.3 * share if wanted else share


def _layout_of(sheet: Sheet, mapping: SourceMapping) -> Layout | None:
    def likeness(layout: Layout) -> float:
        share = fit(layout, sheet)
        return share + _TITLE if share and fold(sheet.name) == fold(layout.title) else share

    best = max(mapping.layouts, key=likeness)
    return best if likeness(best) >= _ENOUGH else None


def _bound(layout: Layout, sheet: Sheet, mapping: SourceMapping) -> Bound:
    places: dict[str, int] = {}
    for index, heading in enumerate(sheet.headings):
        places.setdefault(fold(heading), index)
    for other, meant in layout.other_headings.items():
        if other in places:
            places.setdefault(meant, places[other])
    _refuse_missing(layout, sheet, mapping, places)
    return Bound(
        layout=layout,
        sheet=sheet,
        columns=tuple(_placed(layout.columns, places)),
        person=_indexes(layout.person, places),
        school=_indexes(layout.school, places),
        keys={table: _indexes(names, places) for table, names in layout.keys.items()},
        skip_where={
            places[fold(heading)]: texts
            for heading, texts in layout.skip_where.items()
            if fold(heading) in places
        },
    )


def _placed(columns: Iterable[Column], places: Mapping[str, int]) -> Iterable[tuple[int, Column]]:
    for column in columns:
        index = next((places[name] for name in column.names if name in places), None)
        if index is not None:
            yield index, column


def _indexes(headings: Iterable[str], places: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(places[fold(heading)] for heading in headings if fold(heading) in places)


def _refuse_missing(layout: Layout, sheet: Sheet, mapping: SourceMapping, places: Mapping[str, int]) -> None:
    needed: list[tuple[str, tuple[str, ...]]] = [
        (heading, (fold(heading),)) for heading in layout.identifying
    ]
    needed += [(column.heading, column.names) for column in layout.columns if column.required]
    missing = [heading for heading, names in needed if not any(name in places for name in names)]
    if not missing:
        return
    what = "; ".join(f"'{heading}'{nearest_heading(heading, sheet.headings)}" for heading in missing)
    raise UnreadableFile(
        f"{where(sheet)}: the mapping {mapping.name} ({mapping.file}, sheet {layout.name}) needs headings "
        f"that are not there: {what}. Row {sheet.heading_row} has the headings {listed(sheet.headings)}. "
        "Correct the heading in the file or in the mapping, or, if it may be absent, move it to [if_present]."
    )


def nearest_heading(heading: str, headings: Sequence[str]) -> str:
    """A hint at the heading that looks most like one that is missing, or nothing."""
    by_fold = {fold(name): name for name in headings}
    hint = nearest(fold(heading), by_fold)
    near = hint.split("'")[1] if hint else ""
    return f" (did you mean '{by_fold[near]}'?)" if near else ""


def _nothing_fits(mapping: SourceMapping, sheets: Sequence[Sheet]) -> str:
    parts = [f"{where(sheet)}, row {sheet.heading_row}, has {listed(sheet.headings)}" for sheet in sheets]
    wanted = [
        f"{layout.title}: {listed([*layout.identifying, *(c.heading for c in layout.columns if c.required)])}"
        for layout in mapping.layouts
    ]
    return (
        f"No sheet fits the mapping {mapping.name} ({mapping.file}). {'; '.join(parts)}. "
        f"The mapping looks for {' | '.join(wanted)}. Name another mapping in muster.toml, "
        "or draft one for this file with 'muster template --draft'."
    )


def where(sheet: Sheet) -> str:
    """A sheet as messages name it: the file, and the worksheet where the file is a workbook."""
    stem = sheet.file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return sheet.file.name if sheet.name == stem else f"{sheet.file.name}, sheet {sheet.name}"


def listed(headings: Iterable[str]) -> str:
    """Headings as a message lists them, cut short where they are many."""
    names = [f"'{heading}'" for heading in headings]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
