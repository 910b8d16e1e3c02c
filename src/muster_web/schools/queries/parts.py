"""The figures in the file of a school: parts of lines of cells, each cell with where it is from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# The parts of a file in the order of the page: the group of its figures, and the heading.
GROUPS = {
    "pupils": "Pupils",
    "attendance": "Attendance",
    "attainment": "Attainment and destinations",
    "workforce": "Workforce",
    "places": "Places",
    "children": "Children's services",
}


@dataclass(frozen=True)
class Cell:
    """One figure: as it is shown, why it is missing where it is, and where it came from, in words."""

    period: str
    shown: str
    missing: str
    source: str
    number: float | None


@dataclass(frozen=True)
class Line:
    """One item with its figures, the latest period first."""

    item: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def latest(self) -> Cell:
        """The figure of the latest period."""
        return self.cells[0]


@dataclass(frozen=True)
class Source:
    """Where the figures of a part are from, in words; ``of_return`` is the number of the return, where it is one."""

    words: str
    of_return: int | None = None


@dataclass(frozen=True)
class Part:
    """Lines that come from the same kind of file or return, what they are from, and who sees them."""

    title: str
    group: str
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    seen_by: str
    periods: tuple[str, ...]

    @property
    def rows(self) -> tuple[tuple[Line, tuple[Cell | None, ...]], ...]:
        """Each line with its cell of every period, None where there is none."""
        return tuple((line, tuple(_of(line, period) for period in self.periods)) for line in self.lines)


def _of(line: Line, period: str) -> Cell | None:
    return next((cell for cell in line.cells if cell.period == period), None)


def grouped(parts: Iterable[Part]) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    """The parts under the headings of the page."""
    held = list(parts)
    groups = ((title, tuple(one for one in held if one.group == group)) for group, title in GROUPS.items())
    return tuple((title, found) for title, found in groups if found)
