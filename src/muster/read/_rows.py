"""Read the rows of one bound sheet: who they are about, of which school, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from muster.model import Cell, Collection, Table
from muster.read._binding import Bound
from muster.read._cells import CellReader, Reading
from muster.read._remarks import Remarks
from muster.read.mapping import Column, SourceMapping
from muster.read.sheets import SheetRow
from muster.read.values import fold

# Without a number of the source's own, these tell one person of a file from another, as does what names the record.
_NUMBERS = ("ni_number", "teacher_number")
_ENOUGH_TO_JUDGE = 3  # so many values that all fail to fit are a fault of the column, not of the values


class RowValues(NamedTuple):
    """One row: its number, whose it is, the keys it gives, its school ('' if not known), and its values."""

    number: int
    reference: str
    identity: tuple[str, ...]
    keys: dict[str, str]
    school: str
    values: dict[tuple[str, str, int], dict[str, Cell]]


@dataclass
class _Judged:
    """How many values of a column there were and how many could be read as what they should be."""

    fitting: int = 0
    misfits: list[int] = field(default_factory=list)


class RowReader:
    """Reads the rows of one sheet.

    ``school_of`` tells the school of a row from what is written there, or None where the row is not wanted;
    ``prefix`` is put before column names where a file must be named too.
    """

    def __init__(
        self, collection: Collection, year: int, *, mapping: SourceMapping, bound: Bound, remarks: Remarks
    ) -> None:
        self.bound, self.remarks, self.prefix = bound, remarks, ""
        self.school_of: Callable[[str, int], str | None] = lambda written, _row: written
        self._file = bound.sheet.file.name
        self._person = collection.tables[collection.person]
        self._columns = [
            (index, column, _cell_reader(collection, year, mapping, column))
            for index, column in bound.columns
            if (year in column.item.years or column.item.read_always)
            and year in collection.tables[column.table].years
        ]
        self._fixed = {
            (column.heading, item): _cell_reader(collection, year, mapping, column, item)
            for _, column, _ in self._columns
            for item in column.fixed
        }
        self._judged: dict[str, _Judged] = {column.heading: _Judged() for _, column, _ in self._columns}

    def rows(self) -> Iterator[RowValues]:
        """Every row that is a record; what else there was is remarked upon at the end."""
        any_row = False
        for row in self.bound.sheet.rows:
            any_row = True
            if self._is_record(row):
                written = "/".join(filter(None, (row.cells[at] for at in self.bound.school)))
                school = self.school_of(written, row.number)
                if school is not None:
                    yield self._values(row, school)
        if not any_row:
            self.remarks.add("blank_file", self._file, about=f"The sheet '{self.bound.sheet.name}'")
        self._judge()

    def _is_record(self, row: SheetRow) -> bool:
        width = len(self.bound.sheet.headings)
        if len(row.cells) > width:
            about = f"{width} headings"
            self.remarks.add("shifted_row", self._file, about=about, row=row.number)
            return False
        if any(fold(row.cells[at]) in texts for at, texts in self.bound.skip_where.items()):
            return False
        if width > 3 and sum(1 for cell in row.cells if cell) == 1:
            self.remarks.add("lone_cell", self._file, row=row.number)
            return False
        return True

    def _values(self, row: SheetRow, school: str) -> RowValues:
        bound, cells = self.bound, row.cells
        values = self._by_record(row)
        reference = " ".join(filter(None, (cells[at] for at in bound.person)))
        keys = {table: fold("/".join(cells[at] for at in places)) for table, places in bound.keys.items()}
        identity = ("#", fold(reference)) if reference else _identity(values, row.number, self._person)
        return RowValues(row.number, reference, identity, keys, school, values)

    def _by_record(self, row: SheetRow) -> dict[tuple[str, str, int], dict[str, Cell]]:
        values: dict[tuple[str, str, int], dict[str, Cell]] = {}
        for index, column, reader in self._columns:
            raw = row.cells[index]
            parts = raw.split(column.split) if column.split and raw else (raw,)
            for part, text in enumerate(parts):
                reading = reader.read(text.strip())
                if reading.text is None and not reading.suppressed:
                    continue
                self._note(column, reading, row.number)
                heading = self.prefix + self.bound.sheet.headings[index]
                cell = Cell(reading.text, text, row.number, heading, reading.suppressed)
                record = values.setdefault((column.table, column.record, part), {})
                record[column.item.name] = cell
                for item, fixed in column.fixed.items():
                    known = self._fixed[column.heading, item].read(fixed).text
                    record.setdefault(item, Cell(known, fixed, row.number, heading))
        for place, text in self.bound.layout.otherwise.items() if values else ():
            table, _, item = place.partition(".")
            values.setdefault((table, "", 0), {}).setdefault(item, Cell(text, text, row.number, ""))
        return values

    def _note(self, column: Column, reading: Reading, row: int) -> None:
        judged = self._judged[column.heading]
        if reading.suppressed:
            return
        if reading.fits:
            judged.fitting += 1
        else:
            judged.misfits.append(row)
        if reading.zeros_restored:
            self.remarks.add("zeros_restored", self._file, about=column.heading, row=row)
        if reading.two_digit_year:
            self.remarks.add("two_digit_years", self._file, about=column.heading, row=row)

    def _judge(self) -> None:
        for heading, judged in self._judged.items():
            if not judged.fitting and len(judged.misfits) >= _ENOUGH_TO_JUDGE:
                for row in judged.misfits:
                    self.remarks.add("column_does_not_fit", self._file, about=heading, row=row)


def _identity(
    values: dict[tuple[str, str, int], dict[str, Cell]], row: int, person: Table
) -> tuple[str, ...]:
    """Who a row without a reference is about: a number, or what names the person; else nobody but itself."""
    cells = values.get((person.name, "", 0), {})
    texts = [_folded(cells, item) for item in (*_NUMBERS, *person.natural_key)]
    known = texts[0] or all(texts[len(_NUMBERS) :])
    return ("=", *texts) if known else ("row", str(row))


def _folded(cells: Mapping[str, Cell], item: str) -> str:
    return (cells[item].text or "").casefold() if item in cells else ""


def _cell_reader(
    collection: Collection, year: int, mapping: SourceMapping, column: Column, item: str = ""
) -> CellReader:
    about = collection.tables[column.table].items[item] if item else column.item
    code_set = collection.code_sets.get(about.codes) if about.codes else None
    return CellReader(column, about, year, code_set, mapping.words(column.table, about, year=year))
