"""Reads the register's CSV files, in whatever encoding and with whichever style of dates they came."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from muster import published
from muster.model import MusterError

NEEDED = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
    "EstablishmentTypeGroup (code)", "EstablishmentStatus (code)", "OpenDate", "CloseDate",
)  # fmt: skip
LINKS_NEEDED = ("URN", "LinkURN", "LinkType", "LinkEstablishedDate")
_DATED_NAME = re.compile(r"(20\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True)
class Refused:
    """One value, or one whole row, that was not taken over, and what to do about it."""

    row: int
    column: str
    value: str
    problem: str
    fix: str

    def __str__(self) -> str:
        said = f", {self.column} '{self.value}'" if self.column else ""
        return f"row {self.row}{said}: {self.problem}. {self.fix}"


class WrongValue(Exception):
    """A value of a row that cannot be used; the row is left out."""

    def __init__(self, column: str, value: str, problem: str, fix: str):
        super().__init__(problem)
        self.column, self.value, self.problem, self.fix = column, value, problem, fix

    def at(self, row: int) -> Refused:
        """The refusal of a row for this reason."""
        return Refused(row, self.column, self.value, self.problem, self.fix)


@dataclass(frozen=True)
class Row:
    """One row of a file with its number, counted as a spreadsheet counts: the heading is row 1."""

    number: int
    values: dict[str, str]
    width: int


def rows_of(path: Path, needed: tuple[str, ...] = NEEDED) -> Iterator[Row]:
    """The rows of a file of the register; raises MusterError where it is none."""
    with path.open(encoding=_encoding(path), newline="") as file:
        reader = csv.reader(file)
        heading = [name.strip() for name in next(reader, [])]
        _check_heading(path, heading, needed)
        for number, cells in enumerate(reader, 2):
            if any(cells):
                values = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
                yield Row(number, values, len(cells) - len(heading))


def _check_heading(path: Path, heading: list[str], needed: tuple[str, ...]) -> None:
    missing = [name for name in needed if name not in heading]
    if missing:
        raise MusterError(
            f"{path.name} is not a file of the establishment register: it has no column "
            f"{', '.join(repr(name) for name in missing)}. Download 'Establishment fields' (or 'links') as CSV and "
            "leave the headings as they are."
        )


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is, else the Windows code page that the register has long been written in."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    except OSError as error:
        raise MusterError(f"{path} cannot be read: {error.strerror}.") from None
    return "utf-8-sig"


def day_in(column: str, value: str) -> date | None:
    """A date as the register writes it, 31-08-2021 or 31/08/2021; None for an empty one.  Raises WrongValue."""
    try:
        return published.day_in(value) if value else None
    except published.NoSuchValue:
        raise WrongValue(column, value, "this is no date", "Write it as 31-08-2021.") from None


def day_of_file(path: Path) -> date | None:
    """The day a file was made, as its name says (edubasealldata20250422.csv); None where it says none."""
    found = _DATED_NAME.search(path.stem)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
