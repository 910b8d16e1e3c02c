"""Finds the rows of one return by their keys or their values."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

from muster.model import Collection, Return, Rows
from muster.validate._records import Records

Values = tuple[Hashable, ...]


class Index:
    """Row numbers by key or value for each table of one return, made when first asked for."""

    def __init__(self, collection: Collection, one: Return):
        self.collection, self.one = collection, one
        self._rows: dict[str, dict[int | None, int]] = {}
        self._alike: dict[tuple[str, tuple[str, ...]], dict[Values, list[int]]] = {}
        self._records: dict[str, Records] = {}
        self._shared: dict[tuple[str, str], str] = {}

    def row(self, table: str, key: int | None) -> int | None:
        """The number of the row with a key."""
        if table not in self._rows:
            keys = self.rows(table).keys[self.collection.tables[table].key]
            self._rows[table] = {value: n for n, value in enumerate(keys)}
        return self._rows[table].get(key)

    def rows(self, table: str) -> Rows:
        """A table of the return."""
        return self.one.tables[table]

    def records(self, table: str) -> Records:
        """The records of a table, to be named."""
        if table not in self._records:
            people = self.collection.person
            theirs = people in self.collection.ancestors(table)
            self._records[table] = Records(
                self.collection,
                self.rows(table),
                self.records(people) if theirs else None,
                partial(self.row, people),
            )
        return self._records[table]

    def key_shared(self, other: str, table: str) -> str:
        """The key that ties rows of another table to a row of this one, '' where there is none."""
        if (other, table) not in self._shared:
            self._shared[other, table] = self._find_key_shared(other, table)
        return self._shared[other, table]

    def _find_key_shared(self, other: str, table: str) -> str:
        if other in self.collection.ancestors(table):
            return self.collection.tables[other].key
        about, people = self.collection.tables[table], self.collection.person
        tying = self.collection.tables[people].key if people else ""
        theirs, own = self.collection.key_columns(other), self.collection.key_columns(table)
        shared = [key for key in theirs if key in own]
        if tying in shared:
            return tying
        return next((key for key in shared if other != table or key != about.key), "")

    def rows_with(self, table: str, columns: Sequence[str], values: Values) -> list[int]:
        """The rows of a table that hold these values, keys or text, in these columns."""
        names = tuple(columns)
        if (table, names) not in self._alike:
            found: dict[Values, list[int]] = {}
            for n, held in enumerate(zip(*(self.column(table, name) for name in names), strict=True)):
                found.setdefault(held, []).append(n)
            self._alike[table, names] = found
        return self._alike[table, names].get(values, [])

    def column(self, table: str, name: str) -> Sequence[Hashable]:
        """The keys or texts of a column."""
        rows = self.rows(table)
        return rows.keys[name] if name in rows.keys else rows.text[name]
