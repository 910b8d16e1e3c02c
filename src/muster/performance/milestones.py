"""Read the milestones of a review: under their objectives, with due date, light and commentary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from muster.performance.due import MONTHS, read_due
from muster.performance.headings import Heading, is_milestones, read_headings, year_in
from muster.performance.lights import Count, Light, count_lights
from muster.performance.measures import Place, Remark
from muster.performance.periods import Period
from muster.performance.symbols import is_damaged, read_symbols
from muster.performance.texts import Line

_DUE = re.compile(r"[,\s]*\b(" + "|".join(MONTHS) + r")[a-z]*\.?\s*(\d{4})\b\s*", re.I)


@dataclass(frozen=True)
class Milestone:
    """One milestone of a review; ``light`` is None where no light could be read from its symbols."""

    ref: str
    objective: str
    title: str
    due: date
    light: Light | None
    comment: str
    place: Place
    owner: str = ""


@dataclass
class Milestones:
    """The milestones of one text and what was odd in them."""

    all: list[Milestone] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def by_objective(self) -> dict[str, Count]:
        """How many lights of each kind every objective has, in the order of the text."""
        refs = dict.fromkeys(one.ref for one in self.all)
        return {ref: self._count([one for one in self.all if one.ref == ref]) for ref in refs}

    @property
    def count(self) -> Count:
        """How many lights there are of each kind."""
        return self._count(self.all)

    def _count(self, of: Sequence[Milestone]) -> Count:
        return count_lights(one.light or Light.NONE for one in of)

    def settled(self, told: Count) -> Milestones:
        """The same, where lights that could not be read are what the text's own counts leave for them."""
        unread = [one for one in self.all if one.light is None]
        read = count_lights(one.light for one in self.all if one.light)
        left = {light: getattr(told, light.value) - getattr(read, light.value) for light in Light}
        fitting = [light for light, number in left.items() if number == len(unread)]
        others = [light for light, number in left.items() if number and light not in fitting]
        if not unread or len(fitting) != 1 or others:
            return self
        [light] = fitting
        counts = f"{told.green} green, {told.amber} amber and {told.red} red"
        told_text = f"the light cannot be read; the text counts {counts}"
        remarks = [
            Remark("light from the counts", one.place, f"{told_text}, which leaves {light} for it")
            for one in unread
        ]
        kept = [one for one in self.remarks if one.about != "no light"]
        return Milestones([replace(one, light=one.light or light) for one in self.all], kept + remarks)


def read_milestones(lines: Sequence[Line], file: str) -> Milestones:
    """The milestones of every table of a text that has a reference, an objective and a milestone.

    Two due dates in one cell are two milestones.  One without a date is due at the end of the year of its heading.
    """
    reading = _Reading(file, Milestones())
    for line in lines:
        reading.take(line)
    return reading.found


@dataclass
class _Reading:
    """Where a reading has come to: the headings and the objective in force."""

    file: str
    found: Milestones
    headings: tuple[Heading, ...] = ()
    ref: str = ""
    objective: str = ""

    def take(self, line: Line) -> None:
        """Take in one line; where a table ends, its headings do."""
        if not line.is_row:
            self.headings = ()
            return
        headings = read_headings(line.cells)
        if is_milestones(headings):
            self.headings = headings
        elif self.headings:
            self._row(line)

    def _row(self, line: Line) -> None:
        cells = {heading.part: cell for heading, cell in zip(self.headings, line.cells, strict=False)}
        if cells.get("ref"):
            self.ref, self.objective = cells["ref"], cells.get("objective", "")
        symbols = cells.get("light", "")
        pieces = list(_pieces(cells.get("milestone", "")))
        if len(pieces) > 1:
            self._remark(
                "two in a cell", line, f"one cell holds {len(pieces)} due dates; read as so many milestones"
            )
        for title, due in pieces:
            light = read_symbols(symbols)
            comment = cells.get("comment", "")
            when = due or self._year_end(title, line)
            self.found.all.append(
                Milestone(
                    self.ref, self.objective, title, when, light, comment, Place(self.file, line.number)
                )
            )
        self._light_remarks(symbols, line)

    def _light_remarks(self, symbols: str, line: Line) -> None:
        if read_symbols(symbols) is None:
            told = (
                f"'{symbols}' is no light that can be read"
                if symbols
                else "there is no light beside this milestone"
            )
            self._remark("no light", line, told)
        elif is_damaged(symbols):
            told = (
                f"the symbols '{symbols}' are damaged; read as {read_symbols(symbols)}, by what comes first"
            )
            self._remark("damaged light", line, told)

    def _year_end(self, title: str, line: Line) -> date:
        heading = next(one for one in self.headings if one.part == "milestone")
        year = year_in(heading.text) or Period(date.min.year)
        self._remark("no due date", line, f"'{title}' has no date; taken as the end of {year}")
        return year.ends

    def _remark(self, about: str, line: Line, text: str) -> None:
        column = next(
            (one.text for one in self.headings if one.part == ("light" if "light" in about else "milestone")),
            "",
        )
        self.found.remarks.append(Remark(about, Place(self.file, line.number, column), text))


def _pieces(cell: str) -> Iterator[tuple[str, date | None]]:
    """The milestones of a cell, each up to its date; one without a date is the whole cell."""
    start = 0
    for found in _DUE.finditer(cell):
        yield cell[start : found.start()].strip(), read_due(f"{found[1]} {found[2]}")
        start = found.end()
    rest = cell[start:].strip()
    if rest:
        yield rest, None
