"""Which authorities are most like an authority: the department's statistical neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from muster.model import SourceFile, UnreadableFile
from muster.read import Sheet, read_sheets

HOW_MANY = 10


@dataclass(frozen=True)
class Neighbour:
    """One authority that is like another; ``place`` counts from 1, the most like."""

    authority: str
    other: str
    place: int
    closeness: str


def holds_neighbours(sheet: Sheet) -> bool:
    """Whether a sheet is a table of statistical neighbours."""
    return {"LA number", *(f"SN{place}" for place in range(1, HOW_MANY + 1))} <= set(sheet.headings)


def read_neighbours(source: SourceFile) -> list[Neighbour]:
    """The neighbours of every authority in a workbook.  Raises UnreadableFile."""
    for sheet in read_sheets(source, {"LA number", *(f"SN{place}" for place in range(1, HOW_MANY + 1))}):
        if holds_neighbours(sheet):
            return [one for row in sheet.rows for one in _of_row(sheet, row.cells)]
    raise UnreadableFile(
        f"{source.name} holds no table of statistical neighbours (LA number, SN1 to SN{HOW_MANY})."
    )


def _of_row(sheet: Sheet, cells: tuple[str, ...]) -> list[Neighbour]:
    """The neighbours in one row; how close each is stands in the cell after it."""
    authority = cells[sheet.headings.index("LA number")]
    places = [(place, sheet.headings.index(f"SN{place}")) for place in range(1, HOW_MANY + 1)]
    return [
        Neighbour(authority, cells[at], place, cells[at + 1])
        for place, at in places
        if authority.isdigit() and cells[at].isdigit()
    ]
