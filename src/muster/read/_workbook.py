"""Open an Excel or OpenDocument workbook as sheets of text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import python_calamine

from muster.model import UnreadableFile
from muster.read._csv_file import Line

MAX_UNPACKED = 2_000_000_000  # bytes a workbook may grow to when unpacked
_FAULTS = (
    python_calamine.CalamineError,
    python_calamine.PasswordError,
    python_calamine.ZipError,
    python_calamine.XmlError,
)


class Worksheet(NamedTuple):
    """One worksheet: its name, its rows of text, and where headings are merged (rows and columns from 0)."""

    name: str
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    sheet: Any

    def lines(self) -> Iterator[Line]:
        """Each row with its number as the spreadsheet shows it."""
        for number, cells in enumerate(self.sheet.iter_rows(), start=1):
            yield number, [cell_text(cell) for cell in cells]


def open_workbook(path: Path, name: str) -> tuple[Worksheet, ...]:
    """The worksheets that hold anything, in their order.  Raises UnreadableFile."""
    _refuse_a_bomb(path, name)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        wanted = [about.name for about in book.sheets_metadata if about.typ == _WORKSHEET]
        sheets = [book.get_sheet_by_name(title) for title in wanted]
    except python_calamine.PasswordError:
        raise UnreadableFile(f"{name} is protected by a password. Save it without one.") from None
    except _FAULTS as error:
        raise UnreadableFile(
            f"{name} cannot be read as a workbook ({error}). Open it and save it as .xlsx."
        ) from None
    return tuple(
        Worksheet(s.name, tuple(s.merged_cell_ranges or ()), s) for s in sheets if s.start is not None
    )


_WORKSHEET = python_calamine.SheetTypeEnum.WorkSheet


def cell_text(cell: object) -> str:
    """A cell as a person would write it: whole numbers without a point, dates as 1980-12-31."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _clock(cell)
    return "" if cell is None else str(cell)


def _clock(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _refuse_a_bomb(path: Path, name: str) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        unpacked = sum(member.file_size for member in packed.infolist())
    if unpacked > MAX_UNPACKED:
        raise UnreadableFile(
            f"{name} would unpack to {unpacked:,} bytes; the most that is read is {MAX_UNPACKED:,}. "
            "Split it, or save the sheet that matters as CSV."
        )
