"""Read a return that comes as a set of tables: a CSV file or a worksheet for each.

A table is known by its headings, not by the name of its file.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from muster.model import Collection, Notice, Return, Rows, SourceFile, Table
from muster.read._people import People
from muster.read._settle import settle, tables_told
from muster.read._told import Told
from muster.read.sheets import Sheet, read_sheets
from muster.read.values import fold

_ENOUGH = 0.5  # of the headings of a table and of the file together must be in both


def set_tables(collection: Collection, year: int) -> tuple[Table, ...]:
    """The tables of a year that come as files: not the return, the people or what other lists give."""
    return tuple(
        table
        for table in collection.tables.values()
        if table.parent == collection.person and table.input is None and year in table.years
    )


def headings_of(collection: Collection, table: Table) -> dict[str, str]:
    """The heading of each item of a table, folded, with the person's identifier first."""
    person = collection.tables[collection.person].natural_key[0]
    return {fold(name): name for name in (person, *table.items) if not _only_in_xml(table, name)}


def _only_in_xml(table: Table, item: str) -> bool:
    return item in table.items and table.items[item].xml_only


def table_of(collection: Collection, headings: Sequence[str]) -> Table | None:
    """The table a sheet holds, by its headings; None where it is no table of the collection."""
    given = {fold(heading) for heading in headings}
    tables = [t for t in collection.tables.values() if t.parent == collection.person and t.input is None]
    best = max(tables, key=lambda table: _likeness(set(headings_of(collection, table)), given))
    wanted = headings_of(collection, best)
    return best if next(iter(wanted)) in given and _likeness(set(wanted), given) >= _ENOUGH else None


def _likeness(wanted: set[str], given: set[str]) -> float:
    return len(wanted & given) / len(wanted | given)


def read_file_set(
    collection: Collection,
    sources: Sequence[SourceFile],
    told: Told,
    *,
    people: People | None = None,
    only: Container[str] | None = None,
) -> Return:
    """Read every table found in the files, or only those named.

    Raises UnreadableFile, or MusterError for an impossible year.
    """
    told.check(collection)
    people = people or People(collection)
    reading = _Set(collection, told, people, only)
    for source in sources:
        for sheet in read_sheets(source):
            reading.take(sheet)
    return reading.finished()


class _Set:
    """The tables of one set while they are read."""

    def __init__(
        self, collection: Collection, told: Told, people: People, only: Container[str] | None
    ) -> None:
        self._collection, self._told, self._people, self._only = collection, told, people, only
        self._one = Return(collection.name, told.year, tables_told(collection, told))

    def take(self, sheet: Sheet) -> None:
        """Add the rows of a sheet to the table its headings name."""
        table = table_of(self._collection, sheet.headings)
        if table is None:
            self._note("read.not_a_table", f"{_place(sheet)} is no table of the return; it was not read.",
                       "Check its headings, or take it out of the folder.", sheet)  # fmt: skip
        elif self._told.year not in table.years:
            title = table.title.lower()
            self._note("read.other_year", f"{_place(sheet)} holds {title}, which are not part of the return of "
                       f"{self._told.year}; it was not read.", "", sheet)  # fmt: skip
        elif self._only is None or table.name in self._only:
            self._add(table, sheet)

    def _add(self, table: Table, sheet: Sheet) -> None:
        rows = self._one.tables[table.name]
        if rows.files:
            said = f"{_place(sheet)} holds {table.title.lower()}, as {rows.files[0][1]} does; both were read."
            self._note("read.two_files", said, "Check that both belong to this return.", sheet)
        rows.files.append((len(rows), _place(sheet)))
        wanted = headings_of(self._collection, table)
        names = [wanted.get(fold(heading)) for heading in sheet.headings]
        numbers, columns = sheet.columns()
        by_name = {name: column for name, column in zip(names, columns, strict=True) if name}
        self._note_missing(table, sheet, [name for name in wanted.values() if name not in by_name])
        self._extend(rows, table, by_name, numbers)

    def _extend(
        self, rows: Rows, table: Table, by_name: dict[str, list[str | None]], numbers: list[int]
    ) -> None:
        nothing: list[str | None] = [None] * len(numbers)
        first = len(rows) + 1
        rows.keys[table.key].extend(range(first, first + len(numbers)))
        rows.keys[self._people.key].extend(self._people.keys_of(by_name[self._people.item]))
        rows.keys["return_id"].extend([1] * len(numbers))
        for item, column in rows.text.items():
            column.extend(by_name.get(item, nothing))
        rows.lines.extend(numbers)

    def _note_missing(self, table: Table, sheet: Sheet, missing: list[str]) -> None:
        for name in missing:
            heading = name.upper()
            self._one.absent[f"{table.name}.{name}"] = f"{_place(sheet)} has no column {heading}"
        if missing:
            headings = ", ".join(name.upper() for name in missing)
            self._note("read.column_missing", f"{_place(sheet)} has no column {headings}.",
                       "Export the table again with all its columns.", sheet)  # fmt: skip

    def _note(self, code: str, message: str, fix: str, sheet: Sheet) -> None:
        self._one.notices.append(Notice(code, "error", message, fix, sheet.file.name, sheet.heading_row))

    def finished(self) -> Return:
        """The return with its people, and a word on each table that was not in the set."""
        settle(self._collection, self._one, self._told, self._people)
        for table in set_tables(self._collection, self._told.year):
            if not self._one.tables[table.name].files:
                self._one.absent[table.name] = (
                    f"the set has no file of {table.title[:1].lower()}{table.title[1:]}"
                )
            for item in table.items.values():
                if item.xml_only:
                    self._one.absent[f"{table.name}.{item.name}"] = "only an XML file holds it"
        return self._one


def _place(sheet: Sheet) -> str:
    book = sheet.file.name
    return book if book.lower().endswith((".csv", ".txt")) else f"{book} ({sheet.name})"
