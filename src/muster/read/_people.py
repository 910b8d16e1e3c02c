"""Put records under the people they belong to, by the identifier each file gives them.

A child is one record, whatever number of files and years speak of it.  Keys of people are given out once for a
whole run of readings, so that last year's records find the same child.
"""

from __future__ import annotations

from collections.abc import Sequence

from muster.model import Collection, Rows


class People:
    """Gives each identifier its key; a record without one is a person of its own."""

    def __init__(self, collection: Collection) -> None:
        about = collection.tables[collection.person]
        self.table, self.key, self.item = about.name, about.key, about.natural_key[0]
        self._collection = collection
        self._keys: dict[str, int] = {}
        self._identifiers: list[str | None] = []

    def keys_of(self, identifiers: Sequence[str | None]) -> list[int]:
        """The key of each person named, new ones where they were not met before."""
        known, found = self._keys, []
        for name in identifiers:
            key = known.get(name) if name is not None else None
            if key is None:
                self._identifiers.append(name)
                key = len(self._identifiers)
                if name is not None:
                    known[name] = key
            found.append(key)
        return found

    def rows(self) -> Rows:
        """Everyone met so far, as rows of the table of people."""
        about, count = self._collection.tables[self.table], len(self._identifiers)
        keys: dict[str, list[int | None]] = {self.key: list(range(1, count + 1)), "return_id": [1] * count}
        text: dict[str, list[str | None]] = {name: [None] * count for name in about.items}
        text[self.item] = list(self._identifiers)
        return Rows(self.table, keys, text, [None] * count)
