"""What is published of returns: their figures with the sums these are made of, and tables such as one line a school.

A figure of several returns is a ratio of sums.  ``behind`` gives the records that make up a numerator, so that every
number can be followed to the lines of the files it came from.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from muster.engines import Engine, engine_for, start_engine
from muster.engines.base import place_and_key
from muster.engines.indicators import records_behind
from muster.model import Collection, MusterError, PublishedTable, Return
from muster.model.labels import items_in_label, label_of
from muster.model.writing import neutralised, write_whole
from muster.report._book import Cell, Sheet, write_book
from muster.report.indicators import IndicatorResult, plain


@dataclass(frozen=True)
class TableResult:
    """A published table with its rows, each begun by the name of its return."""

    about: PublishedTable
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the rows."""
        return ("Return", *self.about.headings)


@dataclass(frozen=True)
class Behind:
    """One record that adds to a figure: of which return, what it is called, its line in the file.

    ``table`` and ``place`` say where among the rows of the return it stands.
    """

    ref: str
    record: str
    line: int | None
    table: str = ""
    place: int = 0


def published_tables(collection: Collection, year: int, returns: Mapping[str, Return]) -> list[TableResult]:
    """Every table published of the collection, over these returns."""
    if not collection.published:
        return []
    engine, refs = _loaded(collection, year, returns)
    try:
        return [TableResult(one, _rows(engine, one, refs)) for one in collection.published]
    finally:
        engine.close()


def behind(collection: Collection, year: int, returns: Mapping[str, Return], name: str) -> list[Behind]:
    """The records that add to the numerator of a figure.  Raises MusterError where there is no such figure."""
    engine, refs = _loaded(collection, year, returns)
    try:
        if name not in engine.indicators:
            known = ", ".join(engine.indicators)
            raise MusterError(
                f"there is no figure '{name}' in {collection.title.lower()} (there are {known})"
            )
        compiled = engine.indicators[name]
        found = records_behind(engine, compiled)
        return [
            _named(collection, compiled.record, returns[refs[place]], (refs[place], key))
            for place, keys in found.items()
            for key in keys
        ]
    finally:
        engine.close()


def _loaded(collection: Collection, year: int, returns: Mapping[str, Return]) -> tuple[Engine, list[str]]:
    refs = sorted(returns)
    rows = sum(len(table) for one in returns.values() for table in one.tables.values())
    engine = start_engine(engine_for(rows), collection, year)
    engine.load([returns[ref] for ref in refs])
    return engine, refs


def _rows(engine: Engine, table: PublishedTable, refs: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    names = ", ".join(f"this.{column}" for column, _ in table.columns)
    order = ", ".join(["this.return_id", *(f"this.{column}" for column in table.order)])
    asked = f"SELECT this.return_id, {names} FROM {table.table} AS this ORDER BY {order}"
    return tuple(
        (refs[place_and_key(return_id)[0]], *map(_cell, cells)) for return_id, *cells in engine.ask(asked)
    )


def _cell(value: object) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if value == int(value) else float(value)
    return None if value is None else str(value)


def _named(collection: Collection, table: str, one: Return, at: tuple[str, int]) -> Behind:
    ref, key = at
    rows = one.tables[table]
    place = rows.keys[collection.tables[table].key].index(key)
    about = collection.tables[table]
    named = {item: rows.text[item][place] for item in items_in_label(about.label)}
    return Behind(ref, label_of(about, named), rows.lines[place], table, place)


def write_published(
    folder: Path, collection: Collection, results: Sequence[IndicatorResult], tables: Sequence[TableResult]
) -> list[Path]:
    """Write figures and tables as one workbook and as a CSV file each; the paths written."""
    sheets = _sheets(results, tables)
    paths = [folder / f"{name}.csv" for name in sheets]
    for path, sheet in zip(paths, sheets.values(), strict=True):
        write_whole(path, _csv_bytes(sheet))
    book = folder / f"{collection.name}.xlsx"
    write_book(book, collection.title, list(sheets.values()))
    return [book, *paths]


def published_csv(results: Sequence[IndicatorResult], tables: Sequence[TableResult]) -> dict[str, bytes]:
    """The figures, and each table, as a CSV file by its name."""
    return {f"{name}.csv": _csv_bytes(sheet) for name, sheet in _sheets(results, tables).items()}


def _sheets(results: Sequence[IndicatorResult], tables: Sequence[TableResult]) -> dict[str, Sheet]:
    return {"figures": _figures_sheet(results), **{one.about.name: _table_sheet(one) for one in tables}}


def _figures_sheet(results: Sequence[IndicatorResult]) -> Sheet:
    headings = ("Return", "Figure", "Value", "Unit", "Numerator", "Denominator", "What it says")
    rows = [
        (line.name, one.title, _value(line.value), one.unit, *_sums(line.now), one.says)
        for result in results
        for one in [result.indicator]
        for line in (result.whole, *result.lines)
    ]
    return Sheet("Figures", headings, rows, top=("Figures",), wrapped=frozenset({"What it says"}))


def _value(value: object) -> Cell:
    return None if value is None else float(str(value))


def _sums(figure: object) -> tuple[Cell, Cell]:
    numerator, denominator = getattr(figure, "numerator", None), getattr(figure, "denominator", None)
    return (
        None if numerator is None else float(plain(numerator)),
        None if denominator is None else float(plain(denominator)),
    )


def _table_sheet(one: TableResult) -> Sheet:
    return Sheet(one.about.name.title(), one.headings, one.rows, top=(one.about.title, one.about.says))


def _csv_bytes(sheet: Sheet) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(sheet.headings)
    writer.writerows([neutralised(_text(cell)) for cell in row] for row in sheet.rows)
    return held.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    return "" if cell is None else plain(cell) if isinstance(cell, float) else str(cell)
