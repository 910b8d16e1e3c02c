"""Put the values of rows together as trees of records: people, their contracts, the pay below them.

Rows become one record where the layout's keys say so; a row without a key that repeats its record only to
list another below it (one row per role) is joined by equal values.  All else is a record of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from muster.model import Cell, Collection, Record
from muster.read.mapping import Layout

Name = tuple[object, ...]  # what a record is found again by: its key, or its values
Values = Mapping[tuple[str, str, int], dict[str, Cell]]  # by table, record word and part of a split cell


@dataclass
class Person:
    """The growing record of one person at one school, and the keys under which its parts are found again."""

    reference: str
    record: Record
    named: dict[Name, Record] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """Where the tables of a layout hang: the chain from person to row, and the parent of each other table."""

    chain: tuple[str, ...]
    parents: Mapping[str, str]
    lists_below: bool
    optional: frozenset[str] = frozenset()

    @classmethod
    def of(cls, layout: Layout, collection: Collection) -> Plan:
        """The plan of a layout."""
        chain = _chain(layout, collection)
        tables = dict.fromkeys(column.table for column in layout.columns if column.table not in chain)
        parents = {table: _parent(table, chain, collection) for table in tables}
        above = {collection.tables[table].also_within for table in chain}
        return cls(
            chain, parents, chain[-1] in parents.values(), frozenset(filter(None, above)) - {layout.row}
        )


def _chain(layout: Layout, collection: Collection) -> tuple[str, ...]:
    chain = [layout.row]
    while True:
        about = collection.tables[chain[0]]
        if about.also_within and about.also_within in layout.keys:
            chain.insert(0, about.also_within)
        elif about.parent and about.parent != "returns":
            chain.insert(0, about.parent)
        else:
            return tuple(chain)


def _parent(table: str, chain: Sequence[str], collection: Collection) -> str:
    about = collection.tables[table]
    if about.also_within == chain[-1]:
        return chain[-1]
    return about.parent if about.parent and about.parent in chain else chain[-1]


@dataclass
class Growth:
    """One row on its way into a person's tree: the values, the keys it gives, and what was met on the way.

    ``unknown`` names a table whose record the row refers to and nobody described.
    """

    plan: Plan
    values: Values
    keys: Mapping[str, str]
    row: int
    unknown: str = ""
    differing: list[Cell] = field(default_factory=list)

    def into(self, person: Person) -> None:
        """Place every value of the row below the person."""
        at = person.record
        person_table = self.plan.chain[0]
        path: tuple[str, ...] = (person_table,)
        self._fill(at, person_table)
        placed = {person_table: at}
        for depth, table in enumerate(self.plan.chain[1:], start=1):
            if not self._needed(depth):
                break
            if table in self.plan.optional and not self.keys.get(table):
                continue  # pay is below the contract where no role is named
            path = (*path, table, self.keys.get(table, ""))
            found = self._record(person, at, table, path)
            if found is None:
                self.unknown = table
                return
            at = placed[table] = found
        self._hang(person, placed)

    def _needed(self, depth: int) -> bool:
        """Whether the row says anything of this table of the chain or of one below it."""
        at_or_below = set(self.plan.chain[depth:])
        return any(
            table in at_or_below or self.plan.parents.get(table) in at_or_below for table, _, _ in self.values
        )

    def _own(self, table: str) -> dict[str, Cell]:
        own: dict[str, Cell] = {}
        for (name, _, _), cells in self.values.items():
            if name == table:
                own.update(cells)
        return own

    def _record(self, person: Person, parent: Record, table: str, path: tuple[str, ...]) -> Record | None:
        """The record of a table of the chain, found or made; None where it is referred to and unknown."""
        own, is_row = self._own(table), table == self.plan.chain[-1]
        name: Name = path if path[-1] else self._likeness(parent, table, own) if is_row else ()
        found = person.named.get(name) if name else None
        if found is None and not is_row and not own:
            return None if path[-1] else _only(parent, table)
        if found is None:
            found = Record(table, row=self.row)
            parent.children.append(found)
            if name:
                person.named[name] = found
        self._fill(found, table)
        return found

    def _likeness(self, parent: Record, table: str, own: Mapping[str, Cell]) -> Name:
        return _name_by_values(parent, table, own) if own and self.plan.lists_below else ()

    def _fill(self, record: Record, table: str) -> None:
        for item, cell in self._own(table).items():
            held = record.values.get(item)
            if held is None or held.text is None:
                record.values[item] = cell
            elif cell.text is not None and cell.text.casefold() != held.text.casefold():
                self.differing.append(cell)

    def _hang(self, person: Person, placed: Mapping[str, Record]) -> None:
        for (table, _, _), cells in self.values.items():
            parent = placed.get(self.plan.parents.get(table, ""))
            if parent is None:
                continue
            name = _name_by_values(parent, table, cells)
            if name not in person.named:
                person.named[name] = Record(table, dict(cells), row=self.row)
                parent.children.append(person.named[name])


def _only(parent: Record, table: str) -> Record | None:
    """The record a row without a key must mean: the only one, or a first one where there is none."""
    known = parent.of(table)
    if not known:
        parent.children.append(Record(table))
        return parent.children[-1]
    return known[0] if len(known) == 1 else None


def _name_by_values(parent: Record, table: str, cells: Mapping[str, Cell]) -> Name:
    return ("=", id(parent), table, *sorted((item, cell.text or "") for item, cell in cells.items()))


def graft(onto: Person, other: Person) -> None:
    """Add what another record says of the same person; what is held already stays."""
    for item, cell in other.record.values.items():
        onto.record.values.setdefault(item, cell)
    onto.record.children.extend(other.record.children)
