"""Read a published file: know which it is by its headings, and give its records one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from muster.model import Notice, SourceFile, UnreadableFile
from muster.published.dataset import Dataset, Measure, load_datasets
from muster.published.values import NoSuchValue, Value, read_value
from muster.read import Sheet, read_sheets
from muster.read.sheets import SheetRow


@dataclass(frozen=True)
class Record:
    """What one row says of one school or authority in one period; ``numbers`` are the file's own: urn, lea, estab."""

    row: int
    numbers: Mapping[str, str]
    period: str
    values: Mapping[str, Value]


@dataclass
class Reading:
    """A published file that was recognised.

    ``records`` reads the file anew each time it is asked; ``problems`` is full when it has come to its end.
    """

    dataset: Dataset
    sheet: Sheet
    problems: list[Notice] = field(default_factory=list)

    @property
    def records(self) -> Iterator[Record]:
        """Each row that says something, the second of two alike left out."""
        self.problems.clear()
        places = {name: n for n, name in enumerate(self.sheet.headings)}
        measures = [(places[one.column], one) for one in self.dataset.measures]
        subject = [(places[column], name) for name, column in self.dataset.subject.items()]
        only = [(places[column], texts) for column, texts in self.dataset.only.items()]
        each = [places[column] for column in self.dataset.each]
        first: dict[tuple[str, ...], int] = {}
        for row in self.sheet.rows:
            if all(row.cells[place] in texts for place, texts in only):
                numbers = {name: row.cells[place] for place, name in subject}
                if self._is_new(row.number, numbers, [row.cells[place] for place in each], first):
                    yield self._record(row, numbers, measures)

    def _is_new(
        self, row: int, numbers: Mapping[str, str], which: Iterable[str], first: dict[tuple[str, ...], int]
    ) -> bool:
        whose = (*numbers.values(), *which)
        if not numbers.get("urn" if self.dataset.of == "school" else "lea"):
            self._problem(row, "", "", f"it does not say which {self.dataset.of} it is of; it is left out")
            return False
        if first.setdefault(whose, row) == row:
            return True
        said = " ".join(f"{name} {number}" for name, number in numbers.items())
        entry = f"this entry of {said}" if self.dataset.each else said
        self._problem(row, "", "", f"{entry} stands in row {first[whose]} already; this one is left out")
        return False

    def _record(
        self, row: SheetRow, numbers: Mapping[str, str], measures: Iterable[tuple[int, Measure]]
    ) -> Record:
        values = {}
        for place, measure in measures:
            printed = row.cells[place]
            try:
                values[measure.name] = read_value(printed, measure)
            except NoSuchValue as refusal:
                self._problem(row.number, measure.column, printed, str(refusal))
        period = numbers.get("period") or self.dataset.period
        return Record(row.number, {k: v for k, v in numbers.items() if k != "period"}, period, values)

    def _problem(self, row: int, column: str, value: str, why: str) -> None:
        name = self.sheet.file.name
        said = f", {column} '{value}'" if column else ""
        self.problems.append(
            Notice(
                "published",
                "error",
                f"{name}, row {row}{said}: {why}.",
                file=name,
                line=row,
                item=column,
                value=value,
            )
        )


def read_published(source: SourceFile) -> Reading:
    """The file as one of the kinds known, by the most headings that it has.  Raises UnreadableFile."""
    known = [one for one in load_datasets() if one.measures]
    headings = {column for one in known for column in one.columns}
    found = [
        (len(dataset.columns), dataset, sheet)
        for sheet in read_sheets(source, headings)
        for dataset in known
        if dataset.columns <= set(sheet.headings)
    ]
    if not found:
        raise UnreadableFile(
            f"{source.name} has not the headings of any published file that is known. Describe it in a file of "
            "muster_catalogue/published, or leave it out."
        )
    _, dataset, sheet = max(found, key=lambda one: one[0])
    return Reading(dataset, sheet)
