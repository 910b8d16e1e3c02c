"""Records within records, and the tables they are written to, under keys of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from muster.model import Collection, Rows

Values = dict[str, str]


@dataclass
class Record:
    """One record with those that lie within it; an item without a value is left out."""

    table: str
    values: Values
    within: list[Record] = field(default_factory=list)

    def add(self, table: str, **values: str) -> Record:
        """Put a record into this one."""
        record = Record(table, values)
        self.within.append(record)
        return record

    def all(self, table: str) -> Iterator[Record]:
        """The records of a table in this one, itself among them."""
        if self.table == table:
            yield self
        for record in self.within:
            yield from record.all(table)


class Tables:
    """Tables whose keys run on from return to return.

    They may be taken between returns: keys are unique over everything written to them.
    """

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.rows = self._none()
        self._next = {name: count(1) for name in collection.tables}

    def add(self, table: str, within: Mapping[str, int | None], values: Values) -> dict[str, int | None]:
        """Write a row below the records with these keys; the keys of what lies below it."""
        keys = {**within, self.collection.tables[table].key: next(self._next[table])}
        self.rows[table].append(keys, values)
        return keys

    def add_record(self, record: Record, within: Mapping[str, int | None]) -> None:
        """Write a record and those within it."""
        keys = self.add(record.table, within, record.values)
        for below in record.within:
            self.add_record(below, keys)

    def take(self) -> dict[str, Rows]:
        """The rows written so far, which are then forgotten."""
        taken, self.rows = self.rows, self._none()
        return taken

    def _none(self) -> dict[str, Rows]:
        return {name: Rows.empty(self.collection, name) for name in self.collection.tables}
