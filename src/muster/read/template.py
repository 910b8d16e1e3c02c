"""Write Muster's own template: a workbook with a sheet for each table, for those who have no export to send."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from muster.model import CodeSet, Collection, Item, MusterError, Table
from muster.read._headings import column_letter
from muster.read._template_mapping import (
    CODES_SHEET,
    NOTES_SHEET,
    SCHOOL,
    STAFF,
    heading_of,
    references,
    sheet_title,
)

_LISTED_ROWS = 5_000  # rows that offer the codes of an item as a list
_LONGEST_LIST = 400  # codes beyond which a list helps nobody
_FORMS = {
    "text": "text",
    "whole": "a whole number",
    "number": "a number",
    "date": "a date, such as 31/12/1980",
    "datetime": "a day and time",
    "boolean": "yes or no",
}


def write_template(collection: Collection, year: int, path: Path) -> None:
    """Write the template for a year; the mapping ``muster_template`` reads it back.  Raises MusterError."""
    import xlsxwriter  # reading a return must not wait for what only writing needs

    if year not in collection.years:
        first, last = min(collection.years), max(collection.years)
        raise MusterError(f"There is no {collection.title} of {year}; choose a year from {first} to {last}.")
    # Built beside its place and moved there whole, so that a full disk leaves no half of a workbook.
    partial = path.with_name(path.name + ".partial")
    try:
        with xlsxwriter.Workbook(str(partial)) as book:
            _Writer(book, collection, year).write()
        partial.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise MusterError(
            f"The template cannot be written to {path} ({error}). Choose another place."
        ) from None
    finally:
        partial.unlink(missing_ok=True)


class _Writer:
    """Fills one workbook."""

    def __init__(self, book: Any, collection: Collection, year: int) -> None:
        self.book, self.collection, self.year = book, collection, year
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1"}
        )
        self.key = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#FDE9D9"})
        self.text = book.add_format({"num_format": "@"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.lists: dict[str, str] = {}

    def write(self) -> None:
        """Write the notes, a sheet for each table in force, and the codes."""
        notes = self.book.add_worksheet(NOTES_SHEET)
        tables = [
            t for t in self.collection.tables.values() if self.year in t.years and t.items_in(self.year)
        ]
        sheets = [(table, self.book.add_worksheet(sheet_title(table))) for table in tables]
        self._codes(self.book.add_worksheet(CODES_SHEET), tables)
        self._notes(notes, tables)
        for table, sheet in sheets:
            self._table(sheet, table)

    def _notes(self, sheet: Any, tables: list[Table]) -> None:
        lines = [
            f"{self.collection.title} {self.year}: Muster's own template",
            f"Fill in one row for each record. '{STAFF}' is your own number for a person; use the same on every sheet.",
            f"'{SCHOOL}' is 999/2001, the four-digit number or the name; it may stay empty in a file of one school.",
            "Orange headings tie the sheets together; blue headings are the items of the census.",
            "Point at a heading to see what belongs there. Codes and their meanings are on the last sheet.",
            "",
            *(f"{sheet_title(table)}: one row for each {table.record}" for table in tables),
        ]
        sheet.set_column(0, 0, 110)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self.heading if row == 0 else self.wrapped)

    def _table(self, sheet: Any, table: Table) -> None:
        held = references(self.collection, table)
        for column, heading in enumerate(held):
            sheet.write_string(0, column, heading, self.key)
            sheet.set_column(column, column, 14, self.text)
        for column, item in enumerate(table.items_in(self.year), start=len(held)):
            heading = heading_of(table, item)
            sheet.write_string(0, column, heading, self.heading)
            sheet.write_comment(0, column, _comment(item))
            # Numbers that name something are text, or a spreadsheet takes away their zeros.
            sheet.set_column(
                column, column, max(12, min(len(heading), 30)), self.text if _keeps_zeros(item) else None
            )
            if item.codes in self.lists:
                allowed = {"validate": "list", "source": self.lists[item.codes], "error_type": "warning"}
                sheet.data_validation(1, column, _LISTED_ROWS, column, allowed)
        sheet.freeze_panes(1, len(held))

    def _codes(self, sheet: Any, tables: list[Table]) -> None:
        used = dict.fromkeys(
            item.codes for table in tables for item in table.items_in(self.year) if item.codes
        )
        for nth, name in enumerate(used):
            self._code_set(sheet, nth * 3, self.collection.code_sets[name])

    def _code_set(self, sheet: Any, column: int, code_set: CodeSet) -> None:
        codes = code_set.in_force(self.year)
        sheet.write_string(0, column, code_set.title, self.heading)
        sheet.write_string(0, column + 1, "meaning", self.heading)
        sheet.set_column(column + 1, column + 1, 36)
        for row, (code, about) in enumerate(codes.items(), start=1):
            sheet.write_string(row, column, code, self.text)
            sheet.write_string(row, column + 1, about.title)
        if 0 < len(codes) <= _LONGEST_LIST and not code_set.pattern:
            letter = column_letter(column)
            self.lists[code_set.name] = f"='{CODES_SHEET}'!${letter}$2:${letter}${len(codes) + 1}"


def _keeps_zeros(item: Item) -> bool:
    return item.type == "text"


def _comment(item: Item) -> str:
    parts = [f"A code of '{item.codes}', or its meaning." if item.codes else f"Write {_FORMS[item.type]}."]
    if item.length and not item.codes:
        parts.append(f"At most {item.length} characters.")
    if item.decimals is not None:
        parts.append(f"Up to {item.decimals} decimals.")
    if item.provisional:
        parts.append("Provisional: this item was not seen in an official source.")
    return " ".join(parts)
