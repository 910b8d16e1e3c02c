"""Small staff exports for tests: invented people, written as CSV or workbook."""

from __future__ import annotations

import hashlib
from pathlib import Path

import xlsxwriter

from muster.model import Cell, Record, SourceFile
from muster.model.authority import Authority, School

ANYSHIRE = Authority(
    name="Anyshire",
    number="999",
    collection="school_workforce",
    year=2025,
    folder=Path(),
    schools={
        "999/2001": School("999/2001", "Abbey Primary School", "900001"),
        "999/4001": School("999/4001", "Borough High School", "900002"),
    },
)


def source_file(path: Path) -> SourceFile:
    """A file as ``collect`` would describe it."""
    data = path.read_bytes()
    return SourceFile(path, path.name, hashlib.sha256(data).hexdigest(), len(data))


def csv_source(path: Path, text: str, encoding: str = "utf-8") -> SourceFile:
    """Write a CSV file; a table drawn with bars becomes one with commas."""
    if " | " in text:
        rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        text = "".join(",".join(f'"{c}"' if "," in c else c for c in row) + "\n" for row in rows)
    path.write_bytes(text.encode(encoding))
    return source_file(path)


def book_source(path: Path, sheets: dict[str, list[list[object]]]) -> SourceFile:
    """Write a workbook of plain cells."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return source_file(path)


def texts(record: Record) -> dict[str, str | None]:
    """The canonical texts of a record."""
    return {item: cell.text for item, cell in record.values.items()}


def only(record: Record, table: str) -> Record:
    """The one record of a table below another."""
    (found,) = [child for child in record.walk() if child.table == table]
    return found


def cell(record: Record, item: str) -> Cell:
    """One value with where it came from."""
    return record.values[item]
