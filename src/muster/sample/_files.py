"""Writes CSV files and workbooks whose bytes depend on their contents alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from muster.model.writing import write_whole
from muster.sample._sheets import Line
from muster.sample._style import Shown

_MADE = datetime(2025, 11, 1, 9, 0)


def write_csv(
    path: Path,
    headings: list[str],
    lines: Iterable[Mapping[str, Shown]],
    *,
    title_rows: tuple[str, ...] = (),
    encoding: str = "utf-8",
) -> None:
    """Write a CSV file, with rows of titles above the headings where the system writes them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([title] if title else [] for title in title_rows)
    writer.writerow(headings)
    writer.writerows([line.get(heading, "") for heading in headings] for line in lines)
    write_whole(path, text.getvalue().encode(encoding, errors="replace"))


def write_workbook(path: Path, sheets: dict[str, tuple[list[str], list[Line]]]) -> None:
    """Write a workbook with one worksheet per title."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": _MADE})
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, (headings, lines) in sheets.items():
            sheet = book.add_worksheet(title[:31])
            sheet.write_row(0, 0, headings)
            for row, line in enumerate(lines, start=1):
                for column, heading in enumerate(headings):
                    _write_cell(sheet, (row, column), line.get(heading, ""), dates)
    write_whole(path, content.getvalue())


def _write_cell(
    sheet: xlsxwriter.workbook.Worksheet, at: tuple[int, int], value: Shown, dates: xlsxwriter.format.Format
) -> None:
    if isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), dates)
    elif isinstance(value, float):
        sheet.write_number(*at, value)
    elif value:
        sheet.write_string(*at, value)
