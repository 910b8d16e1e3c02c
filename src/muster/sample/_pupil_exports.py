"""Writes returns as the reports a school's system would export, through the mapping that reads them back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from muster.model import Collection, Return
from muster.model.writing import write_whole
from muster.read.mapping import Column, Layout, SourceMapping

_Row = Mapping[str, str | None]
_SHOWN = {"true": "True", "false": "False"}


def write_pupil_reports(
    collection: Collection, returns: Iterable[Return], mapping: SourceMapping, folder: Path
) -> None:
    """One CSV file for each sheet of the mapping that has anything, with the rows of all schools."""
    lines: dict[str, list[list[str]]] = {}
    year, layouts = 0, mapping.layouts
    for one in returns:
        if one.year != year:
            year, layouts = one.year, tuple(_collected(layout, one.year) for layout in mapping.layouts)
        reports = _Reports(collection, one, mapping)
        for layout in layouts:
            lines.setdefault(layout.name, []).extend(reports.rows(layout))
    for layout in layouts:
        if rows := lines.get(layout.name):
            held = io.StringIO()
            csv.writer(held).writerows([_headings(layout), *rows])
            write_whole(folder / f"{layout.name}.csv", held.getvalue().encode("utf-8-sig"))


def _collected(layout: Layout, year: int) -> Layout:
    return replace(layout, columns=tuple(c for c in layout.columns if c.required or year in c.item.years))


def _headings(layout: Layout) -> list[str]:
    return [*layout.person, *layout.school, *(column.heading for column in layout.columns)]


@dataclass
class _Reports:
    """The reports of one school."""

    collection: Collection
    one: Return
    mapping: SourceMapping

    @cached_property
    def _below(self) -> dict[tuple[str, int | None], list[_Row]]:
        """The records of each table within each record around them."""
        found: dict[tuple[str, int | None], list[_Row]] = {}
        for table, about in self.collection.tables.items():
            if about.parent:
                outer = self.collection.tables[about.parent].key
                for keys, values in self._records(table):
                    found.setdefault((table, keys[outer]), []).append(values)
        return found

    def rows(self, layout: Layout) -> Iterator[list[str]]:
        """The rows of one report, cell by cell under its headings."""
        for keys, values in self._records(layout.row):
            person = keys.get(self.collection.tables[self.collection.person].key)
            before = [f"{person or 0:06d}"] * len(layout.person) + [self.one.ref] * len(layout.school)
            yield [*before, *(self._cell(layout, column, keys, values) for column in layout.columns)]

    def _records(self, table: str) -> Iterator[tuple[Mapping[str, int | None], _Row]]:
        rows = self.one.tables[table]
        for number, values in enumerate(rows.rows()):
            yield {key: column[number] for key, column in rows.keys.items()}, values

    def _cell(self, layout: Layout, column: Column, keys: Mapping[str, int | None], values: _Row) -> str:
        if column.table != layout.row:
            key = self.collection.tables[layout.row].key
            below = self._below.get((column.table, keys[key]), ())
            values = next((one for one in below if _is_so(column, one)), {})
        return self._shown(column, values.get(column.item.name) or "")

    def _shown(self, column: Column, text: str) -> str:
        if column.item.type == "date" and len(text) == len("2026-01-15"):
            return _day(text)
        if column.item.type == "boolean":
            return _SHOWN.get(text, text)
        words = self.mapping.codes.get(column.item.codes or "", {})
        meant = (
            w
            for w, versions in words.items()
            for years, c in versions
            if c == text and self.one.year in years
        )
        return next(meant, text)


def _is_so(column: Column, values: _Row) -> bool:
    return all(values[item] == text for item, text in column.fixed.items())


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text
