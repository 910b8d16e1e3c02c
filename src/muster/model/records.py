"""What one source file says of people, before anything is linked.

A reader of spreadsheets, payroll extracts or last year's returns gives an ``Extract``; the linker joins
extracts into returns.  A record is a tree because a person has contracts and a contract has pay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from muster.model.data import Notice, Provenance, SourceFile

SourceKind = Literal["mis", "payroll", "last_year", "keyed"]


class Cell(NamedTuple):
    """One value: its canonical text (as the official file would hold it), the text received, and where.

    ``text`` is None where nothing usable was given; ``suppressed`` marks SUPP, x, c, z, NA and ':'.
    """

    text: str | None
    raw: str
    row: int | None
    column: str
    suppressed: bool = False


@dataclass
class Record:
    """One record of a table with the records below it."""

    table: str
    values: dict[str, Cell] = field(default_factory=dict)
    children: list[Record] = field(default_factory=list)
    row: int | None = None

    def text(self, item: str) -> str | None:
        """The canonical text of an item, or None."""
        cell = self.values.get(item)
        return cell.text if cell else None

    def of(self, table: str) -> list[Record]:
        """The children that are records of one table."""
        return [child for child in self.children if child.table == table]

    def walk(self) -> Iterator[Record]:
        """This record and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class SourcePerson:
    """One person at one school as one source describes them.

    ``school`` is ``919/4001``, ``919`` for central staff, or '' where the source does not say.
    ``reference`` is the source's own number for the person (staff code, payroll number), '' if none.
    """

    school: str
    reference: str
    record: Record


@dataclass
class Extract:
    """Everything one source file says, with the mapping that read it.

    ``school_records`` holds what is about a school and not a person (vacancies, counts), by school.
    """

    source: SourceKind
    name: str
    file: SourceFile
    mapping: str
    people: list[SourcePerson] = field(default_factory=list)
    school_records: dict[str, list[Record]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def provenance(self, cell: Cell) -> Provenance:
        """Where a cell of this extract came from, as kept beside the value in a return."""
        return Provenance(self.source, self.file.name, cell.row, cell.column, self.mapping)
