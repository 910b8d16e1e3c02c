"""The tables of a school summary as text, ready for any page, and how numbers are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from muster.report._workforce import AGENCY_TEACHER, ASSISTANT, CATEGORIES, SUPPORT, TEACHER, Contract, Person

NOT_APPLICABLE = "–"
CATEGORY_TITLES = {
    TEACHER: "Teachers",
    AGENCY_TEACHER: "Agency and agreement teachers",
    ASSISTANT: "Teaching assistants",
    SUPPORT: "Other support staff",
}
UNKNOWN = "Not known"
BY_CATEGORY = (*CATEGORY_TITLES.values(), UNKNOWN, "All")

Pairs = Sequence[tuple[Person, Contract]]


@dataclass(frozen=True)
class SummaryRow:
    """One row: its label and a text per column; a group row heads the plain rows after it."""

    label: str
    cells: tuple[str, ...]
    kind: Literal["plain", "group", "total"] = "plain"


@dataclass(frozen=True)
class Body:
    """What a table holds: the heading of its labels, its columns, its rows, and a note under it."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    note: str = ""

    def without_unknown(self) -> Body:
        """The same without the column for those of no known category, where there are none."""
        at = self.columns.index(UNKNOWN) if UNKNOWN in self.columns else None
        if at is None or any(row.cells[at] not in ("", "0") for row in self.rows):
            return self
        rows = tuple(replace(row, cells=row.cells[:at] + row.cells[at + 1 :]) for row in self.rows)
        return replace(self, columns=self.columns[:at] + self.columns[at + 1 :], rows=rows)


@dataclass(frozen=True)
class SummaryTable:
    """One table of the summary with its official letter, if there is one and it is known."""

    name: str
    title: str
    letter: str
    provisional: bool
    body: Body
    absent: str = ""

    @property
    def heading(self) -> str:
        """The letter, where there is one, and the title."""
        return f"{self.letter}. {self.title}" if self.letter else self.title


def count(number: int) -> str:
    """A count with thousands set apart."""
    return f"{number:,}"


def hundredths(number: float | None) -> str:
    """A number to two decimals, or a dash where it is not known."""
    return NOT_APPLICABLE if number is None else f"{number:,.2f}"


def days(number: float) -> str:
    """A number of days to half a day."""
    return f"{number:,.1f}"


def pounds(amount: float | None) -> str:
    """An amount in whole pounds, or a dash where it is not known."""
    return NOT_APPLICABLE if amount is None else f"£{amount:,.0f}"


def headcount(pairs: Iterable[tuple[Person, Contract]]) -> int:
    """How many people, each once."""
    return len({id(person) for person, _ in pairs})


def full_time_equivalent(pairs: Pairs) -> float:
    """The full-time equivalents that are known, summed."""
    return sum(contract.full_time_equivalent or 0.0 for _, contract in pairs)


def people_by_category(
    label: str, people: Sequence[Person], keep: Callable[[Person], bool] = lambda _: True
) -> SummaryRow:
    """A row that counts the people kept, by category, with those of no known category and all."""
    kept = [person.category for person in people if keep(person)]
    return SummaryRow(label, (*(count(kept.count(c)) for c in (*CATEGORIES, None)), count(len(kept))))


def pairs_by_category(label: str, pairs: Pairs) -> SummaryRow:
    """A row that counts contracts by their category, with those of no known category and all."""
    found = [contract.category for _, contract in pairs]
    return SummaryRow(label, (*(count(found.count(c)) for c in (*CATEGORIES, None)), count(len(found))))


def totalled(rows: Iterable[SummaryRow], total: SummaryRow) -> tuple[SummaryRow, ...]:
    """The rows with a total after them."""
    return (*rows, SummaryRow(total.label, total.cells, "total"))
