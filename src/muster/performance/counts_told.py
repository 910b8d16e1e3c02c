"""Counts that a text tells in words, held to the tables it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from muster.performance.draft import Draft
from muster.performance.lights import Count, Light, count_lights
from muster.performance.measure_tables import read_measures
from muster.performance.measures import Remark
from muster.performance.milestones import Milestones, read_milestones

_MET = re.compile(
    r"\b(\d+)\)? (?:of the )?(?:[\"“']?(?:key|other)[\"”']? )?(?:indicators |milestones )?"
    r"have (?:been )?(?:successfully )?met\b",
    re.I,
)
_NOT_MET = re.compile(r"\b(\d+)\)? have not\b", re.I)
_GREY = re.compile(
    r"\b(\d+) indicators? cannot be reported|\b(remaining) indicator\b.*?cannot be reported", re.I
)
_MILESTONES = re.compile(r"\bmilestones?\b", re.I)


@dataclass(frozen=True)
class Told:
    """What a section tells of a table: how many are met, not met, cannot be reported; None where it does not say."""

    line: int
    of_milestones: bool
    green: int | None
    red: int | None
    grey: int | None
    amber: int | None = None
    total: int | None = None

    @property
    def count(self) -> Count:
        """What it tells as a count, nought where it does not say."""
        return Count(self.green or 0, self.amber or 0, self.red or 0)

    def differences(self, count: Count) -> list[str]:
        """Each number that is not that of the table."""
        pairs = (
            ("in all", self.total, count.total), ("green", self.green, count.green), ("amber", self.amber, count.amber),
            ("red", self.red, count.red), ("cannot be reported", self.grey, count.grey),
        )  # fmt: skip
        return [
            f"{name}: the text says {told}, the table has {held}"
            for name, told, held in pairs
            if told not in (None, held)
        ]


def count_defects(draft: Draft) -> Iterator[Remark]:
    """A remark on each count in words that differs from its table, and on each that has no table."""
    told = told_in(draft)
    milestones = read_milestones(draft.lines, draft.file)
    settled: dict[Count, Count] = {}
    for one in told:
        if one.of_milestones and milestones.all:
            if one.count not in settled:
                settled[one.count] = milestones.settled(one.count).count
            yield from _differing(draft, one, settled[one.count])
    lights = [row.light for row in read_measures(draft.lines, draft.file).rows if row.light]
    yield from _indicators(draft, [one for one in told if not one.of_milestones], lights)


def settled_by_text(draft: Draft, milestones: Milestones) -> Milestones:
    """The milestones with the light that the counts of their own text leave for one that cannot be read."""
    told = next((one for one in told_in(draft) if one.of_milestones), None)
    return milestones.settled(told.count) if told else milestones


def told_in(draft: Draft) -> list[Told]:
    """The counts every section tells, in its paragraphs and in a row that begins with Total."""
    found = [*(_in_words(draft)), *(_in_totals(draft))]
    return [one for one in found if one.green is not None or one.red is not None]


def _in_words(draft: Draft) -> Iterator[Told]:
    for section in draft.sections:
        text = " ".join(line.plain for line in section.paragraphs)
        line = section.paragraphs[0].number if section.paragraphs else section.line
        grey = _GREY.search(text)
        yield Told(
            line,
            bool(_MILESTONES.search(text)),
            _number(_MET, text),
            _number(_NOT_MET, text),
            (int(grey[1]) if grey[1] else 1) if grey else None,
        )


def _in_totals(draft: Draft) -> Iterator[Told]:
    """The row of a table of lights: all of them, then green, amber and red."""
    for section in draft.sections:
        for row in section.rows:
            numbers = [int(cell) for cell in row.cells[1:] if cell.isdigit()]
            if row.cells[0].lower() == "total" and len(numbers) == 4:
                total, green, amber, red = numbers
                yield Told(
                    row.number, bool(_MILESTONES.search(section.title)), green, red, None, amber, total
                )


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(found[1]) if found else None


def _indicators(draft: Draft, told: Sequence[Told], lights: Sequence[Light]) -> Iterator[Remark]:
    """Hold the counts of indicators to the table; of several counts the one that fits it best is the table's."""
    table = count_lights(lights)
    best = min(told, key=lambda one: len(one.differences(table)), default=None)
    for one in told:
        if one is best and table.total:
            yield from _differing(draft, one, table)
        else:
            numbers = f"{one.green or 0} met, {one.red or 0} not met, {one.grey or 0} cannot be reported"
            yield draft.remark(
                "missing entry", one.line, f"the text counts {numbers}, and no table has these indicators"
            )


def _differing(draft: Draft, told: Told, table: Count) -> Iterator[Remark]:
    for difference in told.differences(table):
        yield draft.remark("count differs", told.line, difference)
