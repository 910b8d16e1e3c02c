"""Records being put together from several sources, each value with where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from muster.link.differences import Conflict, LeftOut
from muster.model import Collection, Extract, Item, Notice, Provenance, Record, SourceKind
from muster.model.authority import Authority, School

DERIVED = "derived"


class Value(NamedTuple):
    """A value of the return and where it came from."""

    text: str
    provenance: Provenance


class Told(NamedTuple):
    """A record and the file that holds it."""

    extract: Extract
    record: Record


@dataclass(eq=False)
class Merged:
    """One record of the return to be; ``target`` names a contract on the to-key sheet."""

    table: str
    values: dict[str, Value] = field(default_factory=dict)
    children: list[Merged] = field(default_factory=list)
    told: Told | None = None
    target: str = ""

    def text(self, item: str) -> str | None:
        """The text of an item, or None."""
        value = self.values.get(item)
        return value.text if value else None

    def day(self, item: str) -> date | None:
        """A date item as a date, or None where it is missing or is no date."""
        try:
            return date.fromisoformat(self.text(item) or "")
        except ValueError:
            return None

    def of(self, table: str) -> list[Merged]:
        """The children that are records of one table."""
        return [child for child in self.children if child.table == table]

    def below(self, table: str) -> Iterator[Merged]:
        """The records of a table anywhere below."""
        for child in self.children:
            if child.table == table:
                yield child
            yield from child.below(table)

    def derive(self, item: str, text: str, how: str) -> None:
        """Fill an item with a value that follows from others; ``how`` says from what."""
        self.values[item] = Value(text, Provenance(DERIVED, "", None, how, ""))


@dataclass
class Bench:
    """One school's return under way: what is known of the school, and what turned up while merging."""

    collection: Collection
    authority: Authority
    year: int
    school: str
    conflicts: list[Conflict] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    keyed_twice: int = 0
    _owners: dict[tuple[str, str], tuple[SourceKind, ...]] = field(default_factory=dict)

    @property
    def is_central(self) -> bool:
        """Whether this is the authority's own return."""
        return "/" not in self.school

    @cached_property
    def about(self) -> School:
        """The school as the register has it, or one with nothing but its number."""
        return self.authority.schools.get(self.school) or School(self.school, self.school)

    @cached_property
    def items(self) -> dict[str, tuple[Item, ...]]:
        """The items of each table collected this year; no items of a table that is not."""
        return {
            name: table.items_in(self.year) if self.year in table.years else ()
            for name, table in self.collection.tables.items()
        }

    def day(self, constant: str) -> date:
        """A date of the collection year."""
        value = self.collection.facts[self.year].constants[constant]
        if not isinstance(value, date):
            raise TypeError(f"${constant} of {self.year} is not a date")
        return value

    @cached_property
    def readable(self) -> dict[str, tuple[Item, ...]]:
        """The items of each table that are looked for in sources: those collected, and those pay is made from."""
        return {
            name: tuple(i for i in table.items.values() if self.year in i.years or i.read_always)
            for name, table in self.collection.tables.items()
        }

    @property
    def census_day(self) -> date:
        """Census day of the year."""
        return self.collection.facts[self.year].census_day

    def owners(self, table: str, item: str = "") -> tuple[SourceKind, ...]:
        """The owning source of an item and its stand-ins; what a person keyed always stands in last."""
        found = self._owners.get((table, item))
        if found is None:
            owners = self.authority.owners_of(table, item)
            found = self._owners[table, item] = owners if "keyed" in owners else (*owners, "keyed")
        return found

    def leave_out(self, merged: Merged, record: str, reason: str) -> None:
        """List a record that is in no return, with the reason."""
        told = merged.told
        source, file, row = (
            (told.extract.source, told.extract.file.name, told.record.row) if told else ("", "", None)
        )
        self.left_out.append(LeftOut(self.school, merged.table, record, source, file, row, reason))

    def notice(
        self, code: str, severity: str, message: str, *, told: Told | None = None, **more: str
    ) -> None:
        """Give a notice about this school, pointing at a row of a file where there is one."""
        where = f"{told.extract.file.name}, row {told.record.row}: " if told else f"{self.school}: "
        self.notices.append(
            Notice(
                code,
                "error" if severity == "error" else "query",
                where + message,
                fix=more.get("fix", ""),
                file=told.extract.file.name if told else "",
                line=told.record.row if told else None,
                table=more.get("table"),
                item=more.get("item"),
                value=more.get("value"),
            )
        )


def person_label(person: Merged) -> str:
    """A person as people name them."""
    name = (
        " ".join(filter(None, (person.text("given_name"), person.text("family_name"))))
        or "a person without a name"
    )
    born = person.text("birth_date")
    return f"{name}, born {born}" if born else name
