"""Tables people keep in spreadsheets: rows with named cells, each with its place, and what is wrong in them told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from muster.catalogue._source import nearest
from muster.model import MusterError, SourceFile
from muster.performance.measures import Place, Remark
from muster.read.sheets import Sheet, read_sheets

_T = TypeVar("_T")


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells by the name of their column, in small letters."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def place(self, column: str = "") -> Place:
        """Where the row, or one cell of it, stands."""
        return Place(self.file, self.line, column)

    def read(self, column: str, reading: Callable[[str], _T]) -> _T:
        """The value of a cell.  Raises BadCell with its place where ``reading`` refuses it."""
        try:
            return reading(self[column])
        except (MusterError, ValueError, ArithmeticError) as problem:
            told = str(problem) if isinstance(problem, MusterError) else f"'{self[column]}' cannot be read"
            raise BadCell(Remark("bad value", self.place(column), told)) from None


class BadCell(MusterError):
    """A cell that cannot be used; ``remark`` says where it is and why."""

    def __init__(self, remark: Remark):
        super().__init__(str(remark))
        self.remark = remark


def rows_of(path: Path, needed: Sequence[str], *, optional: Sequence[str] = ()) -> list[Row]:
    """The rows of a CSV file or of the first sheet of a workbook, whatever stands above its headings.

    Raises MusterError where a needed column is missing.
    """
    known = [*needed, *optional]
    sheet = read_sheets(_source(path), known)[0]
    headings = [" ".join(heading.lower().split()) for heading in sheet.headings]
    missing = [column for column in needed if column not in headings]
    if missing:
        hint = nearest(missing[0], headings)
        raise MusterError(
            f"{path.name}, line {sheet.heading_row}: the column '{missing[0]}' is missing{hint} "
            f"(needed: {', '.join(needed)})"
        )
    return list(_rows(sheet, path.name, headings))


def _rows(sheet: Sheet, file: str, headings: Sequence[str]) -> Iterator[Row]:
    for number, cells in sheet.rows:
        yield Row(file, number, dict(zip(headings, cells, strict=False)))


def _source(path: Path) -> SourceFile:
    content = path.read_bytes()
    return SourceFile(path, path.name, sha256(content).hexdigest(), len(content))
