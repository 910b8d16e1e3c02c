"""A short name for every record of a return, equal in every version of the file that holds the record.

It is made of the record's natural key and those of the records around it, up to the return; a second record with
the same ones is numbered.  Like a fingerprint it shows nothing of a person and may stand in an address.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from muster.model import Collection, Return
from muster.resolve._former import FormerNames

_DIGITS = 16


@dataclass(frozen=True)
class Edit:
    """One value of one record corrected on screen: from ``was`` to ``value``, None (or '') where there is none.

    ``identity`` is the name of the record in the version of the file that was edited, before any edit.
    """

    table: str
    identity: str
    item: str
    value: str | None
    was: str | None

    def __post_init__(self) -> None:
        """A form and a database give empty text for no value."""
        object.__setattr__(self, "value", self.value or None)
        object.__setattr__(self, "was", self.was or None)


class Identities:
    """The names of the records of one return, worked out table by table when first asked for.

    With ``edits`` of an earlier version, one for each item, a record whose naming item has been put right since keeps
    the name it had.
    """

    def __init__(self, collection: Collection, one: Return, *, edits: Iterable[Edit] = ()) -> None:
        self._collection, self._one = collection, one
        self._edits: dict[str, dict[str, list[Edit]]] = {}
        given = tuple(edits)
        self._edited = frozenset(edit.identity for edit in given)
        for edit in given:
            if edit.item in collection.tables[edit.table].natural_key:
                self._edits.setdefault(edit.table, {}).setdefault(edit.identity, []).append(edit)
        self._names: dict[str, list[str]] = {}
        self._rows: dict[str, dict[str, int]] = {}

    def of(self, table: str) -> Sequence[str]:
        """The name of each row of a table."""
        if table not in self._names:
            self._names[table] = self._named(table)
        return self._names[table]

    def row(self, table: str, identity: str) -> int | None:
        """The row with a name, or None where the return has no such record."""
        if table not in self._rows:
            self._rows[table] = {name: row for row, name in enumerate(self.of(table))}
        return self._rows[table].get(identity)

    def find(self, identity: str) -> tuple[str, int] | None:
        """The table and row of a name, or None where the return has no such record."""
        places = ((table, self.row(table, identity)) for table in self._one.tables)
        return next(((table, row) for table, row in places if row is not None), None)

    def _named(self, table: str) -> list[str]:
        texts, around = self._natural_keys(table), self._around(table)
        names = _numbered(_digest(table, outer, key) for key, outer in zip(texts, around, strict=True))
        groups = self._edits.get(table, {})
        if groups.keys() <= set(names):
            return names
        may_be = {name: self._could_be(table, name, texts, around) for name in groups}
        return FormerNames(names, may_be, self._edited).settled()

    def _could_be(
        self, table: str, name: str, texts: Sequence[tuple[str | None, ...]], around: Sequence[str]
    ) -> list[int]:
        """The rows that would have a name if what was edited of it were undone."""
        items = self._collection.tables[table].natural_key
        digest = name.partition(".")[0]
        edits = [(items.index(edit.item), edit) for edit in self._edits[table][name]]
        found = []
        for row, key in enumerate(texts):
            undone = {at: edit.was for at, edit in edits if key[at] == edit.value}
            if undone:
                former = [undone.get(at, text) for at, text in enumerate(key)]
                if _digest(table, around[row], former) == digest:
                    found.append(row)
        return found

    def _natural_keys(self, table: str) -> list[tuple[str | None, ...]]:
        rows = self._one.tables[table]
        names = self._collection.tables[table].natural_key if table != self._top else ()
        return list(zip(*(rows.text[name] for name in names), strict=True)) if names else [()] * len(rows)

    def _around(self, table: str) -> list[str]:
        """For each row the name of the nearest record it lies within, '' for the return itself."""
        rows = self._one.tables[table]
        found = [""] * len(rows)
        for outer in reversed(self._nearest(table)):
            names = dict(zip(self._one.tables[outer].keys[self._key(outer)], self.of(outer), strict=True))
            keys = rows.keys[self._key(outer)]
            found = [names.get(key) or farther for key, farther in zip(keys, found, strict=True)]
        return found

    def _nearest(self, table: str) -> list[str]:
        """The tables a record can lie directly within, nearest first, without the return."""
        about = self._collection.tables[table]
        return [name for name in (about.also_within, about.parent) if name and name != self._top]

    def _key(self, table: str) -> str:
        return self._collection.tables[table].key

    @cached_property
    def _top(self) -> str:
        """The table of the return itself: whoever sent it, its records keep their names."""
        return next(name for name, table in self._collection.tables.items() if table.parent is None)


def _digest(table: str, outer: str, key: Iterable[str | None]) -> str:
    parts = (table, outer, *("" if text is None else text for text in key))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _numbered(digests: Iterable[str]) -> list[str]:
    seen: Counter[str] = Counter()
    names = []
    for digest in digests:
        seen[digest] += 1
        names.append(digest if seen[digest] == 1 else f"{digest}.{seen[digest]}")
    return names
