"""Read a staff export or payroll extract, CSV or workbook, as sheets of text under headings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from muster.model import SourceFile, UnreadableFile
from muster.read._csv_file import Line, csv_lines
from muster.read._headings import SEARCHED, HeadingRow, Merged, find_headings
from muster.read._workbook import open_workbook
from muster.read.values import fold

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class SheetRow(NamedTuple):
    """One row below the headings; ``number`` is the row or line a person sees in the file."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A worksheet or a CSV file: its name, headings and rows, which are read anew each time."""

    name: str
    headings: tuple[str, ...]
    file: SourceFile
    heading_row: int
    _lines: Callable[[], Iterator[Line]] = field(repr=False, compare=False)
    _skip: int = 0

    @property
    def rows(self) -> Iterator[SheetRow]:
        """The rows below the headings that are not wholly empty, cells trimmed and as many as the headings.

        A row with text beyond the last heading keeps its extra cells, so that a shift is not hidden.
        """
        width = len(self.headings)
        for number, cells in islice(self._lines(), self._skip, None):
            trimmed = tuple(map(str.strip, cells))
            if any(trimmed):
                yield SheetRow(number, trimmed if len(trimmed) == width else _as_wide(trimmed, width))

    def columns(self) -> tuple[list[int], list[list[str | None]]]:
        """The numbers of the rows, and the cells below each heading, None where empty: ``rows`` turned, and sooner."""
        width = len(self.headings)
        lines = [line for line in islice(self._lines(), self._skip, None) if any(map(str.strip, line[1]))]
        wide = [cells if len(cells) == width else [*cells, *[""] * width][:width] for _, cells in lines]
        columns = [[cell.strip() or None for cell in column] for column in zip(*wide, strict=True)]
        return [number for number, _ in lines], columns or [[] for _ in range(width)]


def _as_wide(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The cells with empty ones added up to a width, and those beyond it taken away at the end."""
    filled = next((n for n in range(len(cells), width, -1) if cells[n - 1]), width)
    return (*cells[:filled], *[""] * (width - len(cells)))


def read_sheets(source: SourceFile, known: Collection[str] = ()) -> tuple[Sheet, ...]:
    """The sheets of a CSV file, an Excel or an OpenDocument workbook.  Raises UnreadableFile.

    ``known`` holds headings (see ``known_headings``) by which the row of headings is found below titles, however they
    are spelt.
    """
    known = {fold(heading) for heading in known}
    if source.size == 0:
        raise UnreadableFile(f"{source.name} is empty. Export it again and send that.")
    with source.path.open("rb") as file:
        start = file.read(512)
    if start.startswith((_ZIP, _OLD_EXCEL)):
        return _workbook_sheets(source, known)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise UnreadableFile(
            f"{source.name} is XML or a web page, not a table. If it opens in Excel, save it there as .xlsx."
        )
    sheet = _sheet(Path(source.name).stem, source, lambda: csv_lines(source.path, source.name), (), known)
    if sheet is None:
        raise UnreadableFile(f"{source.name} holds no text. Export it again and send that.")
    return (sheet,)


def _workbook_sheets(source: SourceFile, known: Collection[str]) -> tuple[Sheet, ...]:
    worksheets = open_workbook(source.path, source.name)
    sheets = [_sheet(w.name, source, w.lines, w.merged, known) for w in worksheets]
    filled = tuple(sheet for sheet in sheets if sheet)
    if not filled:
        raise UnreadableFile(f"{source.name} has no worksheet with anything in it. Export it again.")
    return filled


def _sheet(
    name: str,
    source: SourceFile,
    lines: Callable[[], Iterator[Line]],
    merged: tuple[Merged, ...],
    known: Collection[str],
) -> Sheet | None:
    found: HeadingRow | None = find_headings(list(islice(lines(), SEARCHED)), known, merged=merged)
    if found is None:
        return None
    return Sheet(name, found.headings, source, found.line, lines, found.index + 1)
