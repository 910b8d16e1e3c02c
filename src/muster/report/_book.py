"""Workbooks for people: headings that stay in sight, columns as wide as their content, no formulas.

The same input gives the same bytes: the creation date is fixed and nothing depends on the clock.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from muster.model.writing import neutralised, write_whole

Cell = str | int | float | None

_CREATED = datetime(2000, 1, 1)
_ROWS, _CELL = 1_048_576, 32_000
_MANY = 20_000
_NARROWEST, _WIDEST, _MEASURED = 8, 60, 2_000
_SHADE, _PALE = "#1D3557", "#F3F6F9"


@dataclass(frozen=True)
class Sheet:
    """One sheet: lines of text at the top, the first of them a title, then one table.

    ``wrapped`` names the columns whose long text goes over several lines.
    """

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    top: tuple[str, ...] = ()
    wrapped: frozenset[str] = frozenset()


def write_book(path: Path, title: str, sheets: Sequence[Sheet]) -> None:
    """Write the sheets as one workbook, whole or not at all."""
    write_whole(path, book_bytes(title, sheets))


def book_bytes(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one workbook."""
    import xlsxwriter  # here, because most commands write no workbook and should not wait for it

    held = io.BytesIO()
    options = {
        "constant_memory": sum(len(sheet.rows) for sheet in sheets) > _MANY,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"title": title, "created": _CREATED})
        formats = _formats(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    return held.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    face = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    shaded = {"bold": True, "bg_color": _SHADE, "font_color": "white", "text_wrap": True}
    return {
        "title": book.add_format({**face, "bold": True, "font_size": 16}),
        "plain": book.add_format(face),
        "heading": book.add_format({**face, **shaded}),
        "text": book.add_format({**face, "bottom": 1, "bottom_color": "#D0D7DE"}),
        "wrapped": book.add_format({**face, "bottom": 1, "bottom_color": "#D0D7DE", "text_wrap": True}),
    }


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    first = len(sheet.top) + (1 if sheet.top else 0)
    rows = sheet.rows[: _ROWS - first - 1]
    for at, width in enumerate(_widths(sheet)):
        page.set_column(at, at, width, formats["plain"])
    for number, line in enumerate(sheet.top):
        page.write_string(number, 0, neutralised(line), formats["plain" if number else "title"])
    for at, heading in enumerate(sheet.headings):
        page.write_string(first, at, heading, formats["heading"])
    faces = [formats["wrapped" if heading in sheet.wrapped else "text"] for heading in sheet.headings]
    for number, row in enumerate(rows, first + 1):
        _write_row(page, number, row, faces)
    page.freeze_panes(first + 1, 0)
    page.autofilter(first, 0, first + max(len(rows), 1), len(sheet.headings) - 1)
    _set_for_paper(page, first)


def _write_row(page: Any, number: int, row: Sequence[Cell], faces: Sequence[Any]) -> None:
    for at, (cell, face) in enumerate(zip(row, faces, strict=True)):
        if cell is None or cell == "":
            page.write_blank(number, at, None, face)
        elif isinstance(cell, str):
            page.write_string(number, at, neutralised(cell[:_CELL]), face)
        else:
            page.write_number(number, at, cell, face)


def _set_for_paper(page: Any, heading: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(heading)
    page.hide_gridlines(2)


def _widths(sheet: Sheet) -> list[int]:
    columns = zip(sheet.headings, *sheet.rows[:_MEASURED], strict=True)
    return [min(max(map(_length, column), default=0) + 3, _WIDEST) for column in columns]


def _length(cell: Cell) -> int:
    if cell is None:
        return _NARROWEST
    return max(_NARROWEST, *(len(line) for line in str(cell).split("\n")))
