"""Grids of text as a folder of CSV files or as one workbook, and back.

Text that a spreadsheet would take for a formula gets an apostrophe in front on writing and loses it on
reading.  Everything is written as text, so that 0012345 stays seven digits.
"""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from muster.exchange._grids import Grid
from muster.model import UnreadableFile
from muster.model.writing import neutralised, replacing, restored, write_whole

_ROWS, _CELL = 1_048_576, 32_767
_CREATED = datetime(2000, 1, 1)


def write_folder(grids: Mapping[str, Grid], folder: Path) -> None:
    """Write one CSV file per grid; files appear in the folder only when all of them are complete."""
    waiting = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(waiting, ignore_errors=True)
    try:
        for name, grid in grids.items():
            write_whole(waiting / f"{name}.csv", _csv_bytes(grid))
        folder.mkdir(parents=True, exist_ok=True)
        for name in grids:
            (waiting / f"{name}.csv").replace(folder / f"{name}.csv")
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def zip_of(grids: Mapping[str, Grid]) -> bytes:
    """One CSV file per grid, in a zip file that does not depend on the clock."""
    return files_as_zip({f"{name}.csv": _csv_bytes(grid) for name, grid in grids.items()})


def files_as_zip(files: Mapping[str, bytes]) -> bytes:
    """Files by their names in one zip file that does not depend on the clock."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _CREATED.timetuple()[:6])
            packed.writestr(member, content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def read_folder(folder: Path) -> dict[str, Grid]:
    """Every CSV file of a folder as a grid by the file's name."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise UnreadableFile(f"{folder.name} holds no CSV file. Give the folder with one CSV per table.")
    return {file.stem: read_file(file) for file in files}


def write_book(grids: Mapping[str, Grid], path: Path) -> None:
    """Write one workbook with a sheet per grid.  Raises UnreadableFile where a sheet cannot hold it."""
    for name, grid in grids.items():
        if len(grid) > _ROWS or any(len(cell) >= _CELL for row in grid for cell in row):
            raise UnreadableFile(
                f"{path.name}: the table {name} does not fit into a sheet (1,048,576 rows, 32,767 "
                "characters in a cell). Convert to a folder of CSV files instead."
            )
    import xlsxwriter  # here, so that commands without workbooks do not wait for it

    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"created": _CREATED, "title": "Tables of a return"})
        formats = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        for name, grid in grids.items():
            _write_sheet(book.add_worksheet(name), grid, formats)
    with replacing(path) as file:
        file.write(held.getvalue())


def read_book(path: Path) -> dict[str, Grid]:
    """Every sheet of a workbook as a grid by the sheet's name."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        return {
            name: [
                [_cell_text(cell) for cell in row]
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
        }
    except CalamineError as problem:
        raise UnreadableFile(f"{path.name} cannot be read as a workbook: {problem}.") from problem


def _write_sheet(sheet: Any, grid: Grid, formats: tuple[Any, Any]) -> None:
    as_text, bold = formats
    for at, cells in enumerate(zip(*grid, strict=True)):
        widest = max(len(cell) for cell in cells[:500])
        sheet.set_column(at, at, min(max(widest + 2, 8), 50), as_text)
    for at, heading in enumerate(grid[0]):
        sheet.write_string(0, at, heading, bold)
    for number, row in enumerate(grid[1:], 1):
        for at, cell in enumerate(row):
            if cell:
                sheet.write_string(number, at, neutralised(cell), as_text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(grid) - 1, 1), len(grid[0]) - 1)


def _cell_text(cell: object) -> str:
    """A cell as the official file writes its value; a number that is whole has no point."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return restored(str(cell))


def _csv_bytes(grid: Grid) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows([neutralised(cell) for cell in row] for row in grid)
    return held.getvalue().encode("utf-8-sig")  # the mark lets a spreadsheet program read accents rightly


def read_file(path: Path) -> Grid:
    """A CSV file as Muster or a spreadsheet program leaves it: UTF-8, else Windows-1252."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        raise UnreadableFile(f"{path.name} cannot be read as CSV: {problem}.") from problem
    return [[restored(cell) for cell in row] for row in rows]
