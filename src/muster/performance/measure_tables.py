"""Read the tables of indicators in a plan or a review: one measure for each row, with every value as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from muster.performance.amounts import Amount, NoAmount, read_amount
from muster.performance.headings import Heading, is_measures, read_headings
from muster.performance.lights import Light
from muster.performance.measures import Measure, Place, Remark, Value
from muster.performance.periods import Period
from muster.performance.symbols import read_symbols
from muster.performance.texts import Line
from muster.performance.wording import aim_of, misread_tag, tags_in, unit_in

_SHARED_FAMILIES = {"LPSA"}  # one target of an agreement may be measured by several indicators
_BREAK = re.compile(r"\bbased on\b|\bsurvey\b|\bdefinition\b", re.I)


@dataclass(frozen=True)
class MeasureRow:
    """A measure as a table has it, with the light and the commentary of a review; None where no light could be read.

    ``has_light`` says whether the table has a column for lights at all.
    """

    measure: Measure
    light: Light | None = None
    symbols: str = ""
    comment: str = ""
    has_light: bool = False


@dataclass
class MeasureTable:
    """The measures of one file and what was odd in them."""

    rows: list[MeasureRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def measures(self) -> list[Measure]:
        """The measures alone."""
        return [row.measure for row in self.rows]


def read_measures(lines: Sequence[Line], file: str) -> MeasureTable:
    """The measures of every table of a text that has a reference, a definition and values.

    A row that goes on after a page break is put together again.  A value that cannot be used is told with its row
    and column, and the rest is read.
    """
    reading = _Reading(file, MeasureTable())
    for line in lines:
        reading.take(line)
    table = reading.table
    table.rows = [replace(row, measure=_completed(row.measure)) for row in table.rows]
    table.remarks += [*_twice(table.measures), *_over_a_hundred(table), *_unsure(table.measures)]
    return table


@dataclass
class _Reading:
    """Where a reading has come to: the headings in force, if any."""

    file: str
    table: MeasureTable
    headings: tuple[Heading, ...] = ()

    def take(self, line: Line) -> None:
        """Take in one line; where a table ends, its headings do."""
        if not line.is_row:
            self.headings = ()
            return
        headings = read_headings(line.cells)
        if is_measures(headings):
            self.headings = headings
            self.table.remarks += [
                Remark("target without year", self._place(line, one), one.wrong)
                for one in headings
                if one.wrong
            ]
        elif self.headings:
            self._row(line)

    def _row(self, line: Line) -> None:
        cells = dict(zip(self.headings, line.cells, strict=False))
        parts = {heading.part: cell for heading, cell in cells.items() if heading.part}
        typed = {heading: cell for heading, cell in cells.items() if heading.kind and cell}
        if not typed and not any(c.isdigit() for c in parts["ref"]):
            self._go_on(parts)
            return
        values = tuple(self._values(line, typed))
        measure = Measure(parts["ref"], parts["title"], values=values, place=Place(self.file, line.number))
        symbols = parts.get("light", "")
        self.table.rows.append(
            MeasureRow(measure, read_symbols(symbols), symbols, parts.get("comment", ""), "light" in parts)
        )
        if odd := misread_tag(parts["ref"]):
            told = f"'{odd}' looks like a family with a letter misread; it was left as it is"
            self.table.remarks.append(Remark("odd reference", Place(self.file, line.number, "ref"), told))

    def _go_on(self, parts: dict[str, str]) -> None:
        """Add the rest of a definition that a page break has parted; a heading of a group has no place in a measure."""
        if parts["ref"] or not parts["title"] or not self.table.rows:
            return
        last = self.table.rows[-1]
        whole = replace(last.measure, title=f"{last.measure.title} {parts['title']}")
        self.table.rows[-1] = replace(last, measure=whole)

    def _values(self, line: Line, typed: dict[Heading, str]) -> Iterator[Value]:
        for heading, cell in typed.items():
            if heading.kind is None or heading.period is None:
                continue
            try:
                amount = read_amount(cell)
            except NoAmount as problem:
                self.table.remarks.append(Remark("bad value", self._place(line, heading), str(problem)))
                continue
            break_note = amount.note if _BREAK.search(amount.note) else ""
            yield Value(heading.kind, heading.period, amount, self._place(line, heading), break_note)

    def _place(self, line: Line, heading: Heading) -> Place:
        return Place(self.file, line.number, heading.text)


def _completed(measure: Measure) -> Measure:
    """The measure with what its whole wording says."""
    tags = tags_in(measure.ref, measure.title)
    unit = unit_in(measure.title, measure.values)
    return replace(measure, tags=tags, unit=unit, aim=aim_of(measure.title, tags, measure.values))


def _twice(measures: Sequence[Measure]) -> Iterator[Remark]:
    """A remark on each measure that has the wording or the number of one before it."""
    first: dict[tuple[str, str], Measure] = {}
    for measure in measures:
        names = _names(measure)
        again = next((name for name in names if name in first), None)
        if again:
            what = f"'{measure.name}'" if again == names[0] else " ".join(again)
            told = f"{what} is on line {first[again].place.line} already"
            yield Remark("indicator twice", replace(measure.place, column="ref"), told)
        for name in names:
            first.setdefault(name, measure)


def _names(measure: Measure) -> list[tuple[str, str]]:
    """What makes a measure this one: its reference and wording, and its numbers in families that do not share them."""
    wording = re.sub(r"[^a-z0-9]+", " ", measure.title.casefold()).strip()
    return [(measure.ref, wording), *(tag.same for tag in measure.tags if tag.family not in _SHARED_FAMILIES)]


def _unsure(measures: Sequence[Measure]) -> Iterator[Remark]:
    """A remark on each measure of which the wording does not say what is better."""
    for measure in measures:
        if measure.aim is None:
            yield Remark(
                "aim not known",
                measure.place,
                f"'{measure.name}' does not say whether higher or lower is better",
            )
        elif measure.aim.suggested:
            told = f"'{measure.name}': {measure.aim.direction} is taken to be better, by {measure.aim.known_from}"
            yield Remark("aim suggested", measure.place, f"{told}; confirm it")


def _over_a_hundred(table: MeasureTable) -> Iterator[Remark]:
    """Take percentages above 100 out of the measures and tell each."""
    for place, row in enumerate(table.rows):
        over = [one for one in row.measure.values if row.measure.unit == "%" and _is_over(one.amount)]
        for value in over:
            told = f"'{value.amount.text}' is a percentage over 100; the value was left out"
            yield Remark("percentage over 100", value.place, told)
        kept = tuple(one for one in row.measure.values if one not in over)
        table.rows[place] = replace(row, measure=replace(row.measure, values=kept))


def _is_over(amount: Amount) -> bool:
    return amount.high is not None and amount.high > 100


def years_of(measures: Sequence[Measure]) -> list[Period]:
    """Every year the measures have a value for, in order."""
    return sorted(
        {value.period.whole_year for one in measures for value in one.values if not value.period.day}
    )
