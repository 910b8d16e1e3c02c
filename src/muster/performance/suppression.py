"""Small numbers in what is published: 1 to 5 are hidden, and so is what would give a hidden one away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

SMALLEST_SHOWN = 6
Hidden = Literal["small", "secondary"]


@dataclass(frozen=True)
class PublishedCell:
    """A count as it is published: the number, or why it is hidden.  The number itself stays in the restricted view."""

    number: int | None
    hidden: Hidden | None = None

    def __str__(self) -> str:
        return str(self.number) if self.hidden is None else ("1 to 5" if self.hidden == "small" else "hidden")


Grid = Sequence[Sequence[int]]


def suppress(grid: Grid) -> list[list[PublishedCell]]:
    """A table of counts for publication, whose row, column and overall totals are published too.

    A count from 1 to 5 is hidden.  Where a row or a column has hidden counts that its total would give away, because
    there is one only, or because together they are still small, the next smallest count of it that is not 0 is hidden
    as well, until every row and column with something hidden keeps it.
    """
    hidden: dict[tuple[int, int], Hidden] = {
        (row, column): "small"
        for row, numbers in enumerate(grid)
        for column, number in enumerate(numbers)
        if 0 < number < SMALLEST_SHOWN
    }
    lines = _lines(grid)
    while True:
        more = next((cell for line in lines if (cell := _to_hide(grid, line, hidden))), None)
        if more is None:
            return _published(grid, hidden)
        hidden[more] = "secondary"


def suppress_list(counts: Sequence[int]) -> list[PublishedCell]:
    """A single list of counts for publication, whose total is published too."""
    return suppress([counts])[0]


Line = Sequence[tuple[int, int]]


def _lines(grid: Grid) -> list[Line]:
    """The rows and columns of several cells: whatever a published total adds up."""
    width = len(grid[0]) if grid else 0
    rows: list[Line] = [[(row, column) for column in range(width)] for row in range(len(grid))]
    columns: list[Line] = [[(row, column) for row in range(len(grid))] for column in range(width)]
    return [line for line in rows + columns if len(line) > 1]


def _to_hide(grid: Grid, line: Line, hidden: Mapping[tuple[int, int], Hidden]) -> tuple[int, int] | None:
    """The cell to hide as well so that a total does not give the hidden ones away; None where it does not."""
    gone = [cell for cell in line if cell in hidden]
    if not gone or (len(gone) > 1 and sum(grid[row][column] for row, column in gone) >= SMALLEST_SHOWN):
        return None
    shown = [cell for cell in line if cell not in hidden]
    telling = [cell for cell in shown if grid[cell[0]][cell[1]]] or shown
    return min(telling, key=lambda cell: (grid[cell[0]][cell[1]], cell), default=None)


def _published(grid: Grid, hidden: Mapping[tuple[int, int], Hidden]) -> list[list[PublishedCell]]:
    return [
        [
            PublishedCell(None, hidden[row, column]) if (row, column) in hidden else PublishedCell(number)
            for column, number in enumerate(numbers)
        ]
        for row, numbers in enumerate(grid)
    ]
