"""What is worth saying about a file while it is read, gathered so that one cause makes one notice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from muster.model import Notice, Severity

Subject = Literal[
    "blank_file", "shifted_row", "lone_cell", "zeros_restored", "two_digit_years", "column_does_not_fit",
    "school_unknown", "school_missing", "other_school", "values_differ", "contract_unknown", "sheet_not_read",
    "school_of_several",
]  # fmt: skip

# What happened, how often and on which rows; {about} is the heading, text or sheet it is about.
_TEXTS: dict[Subject, tuple[Severity, str, str]] = {
    "blank_file": ("query", "{about} has headings and no rows.", "If there should be rows, export it again."),
    "shifted_row": (
        "error",
        "{count} row(s) have more cells than there are headings ({about}), so their values may stand under "
        "the wrong headings. They were not read: row {rows}.",
        "Look for a stray separator or a line break in those rows, and export again.",
    ),
    "lone_cell": (
        "query",
        "{count} row(s) hold a single cell and were taken for a note or a total: row {rows}.",
        "If such a row is a record, complete it.",
    ),
    "zeros_restored": (
        "query",
        "'{about}' had lost its leading zeros in {count} row(s); they were put back: row {rows}.",
        "Export the column as text.",
    ),
    "two_digit_years": (
        "query",
        "'{about}' has {count} date(s) with a year of two digits; each was read as the latest such year not "
        "more than ten years ahead: row {rows}.",
        "Export dates with four-digit years.",
    ),
    "column_does_not_fit": (
        "error",
        "None of the {count} values under '{about}' can be read as what the mapping says: row {rows}. "
        "The columns may have shifted, or the mapping names the wrong heading.",
        "Compare the first rows of the file with its headings, then correct the file or the mapping.",
    ),
    "school_unknown": (
        "query",
        "{count} row(s) are of {about}, no school of the authority, and were left out: row {rows}.",
        "If it is a school, write its number or its name as in schools.csv.",
    ),
    "school_missing": (
        "query",
        "{count} row(s) do not say which school they are of: row {rows}.",
        'Fill in the school, or say in muster.toml of which school the file is: school = "999/2001".',
    ),
    "other_school": (
        "error",
        "The file is said to be of {about} in {count} row(s): row {rows}. The school of the row was taken.",
        "Check that the right file was sent, or take the school out of muster.toml.",
    ),
    "values_differ": (
        "query",
        "'{about}' has another value on {count} row(s) than on an earlier row of the same record; the "
        "earlier was kept: row {rows}.",
        "Correct it where it is wrong.",
    ),
    "contract_unknown": (
        "error",
        "{count} row(s) refer to a {about} that no sheet describes, and were left out: row {rows}.",
        "Send the sheets of one export together, or correct the reference.",
    ),
    "sheet_not_read": (
        "query",
        "The sheet {about} fits no layout of the mapping and was not read.",
        "If it matters, describe it in the mapping.",
    ),
    "school_of_several": (
        "query",
        "{count} record(s) of people at several schools do not say which school they are of; they were kept "
        "at the first: row {rows}.",
        "Add the school to the sheet ({about}).",
    ),
}
_ROWS_SHOWN = 5


@dataclass
class Remarks:
    """Counts what happened by subject, sheet and what it is about."""

    _met: dict[tuple[Subject, str, str], list[int]] = field(default_factory=dict)

    def add(self, subject: Subject, file: str, *, about: str = "", row: int | None = None) -> None:
        """Note one occurrence."""
        self._met.setdefault((subject, file, about), []).append(row or 0)

    def notices(self) -> list[Notice]:
        """One notice for each cause, in the order in which they were met."""
        return [
            self._notice(subject, file, about=about, rows=rows)
            for (subject, file, about), rows in self._met.items()
        ]

    def _notice(self, subject: Subject, file: str, *, about: str, rows: list[int]) -> Notice:
        severity, message, fix = _TEXTS[subject]
        named = [str(row) for row in rows[:_ROWS_SHOWN] if row]
        shown = ", ".join(named) + (" and others" if len(rows) > _ROWS_SHOWN else "")
        return Notice(
            code=subject,
            severity=severity,
            message=f"{file}: " + message.format(about=about, count=len(rows), rows=shown),
            fix=fix.format(about=about),
            file=file,
            line=rows[0] or None,
        )
