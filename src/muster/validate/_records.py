"""How the records of a return are called in findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from muster.model import Collection, Rows
from muster.model.labels import items_in_label, label_of


class Named(NamedTuple):
    """How a record is named: to people, and by the natural keys of it and of its person to the fingerprint.

    ``person`` is whose it is, '' where it is nobody's.
    """

    record: str
    natural_keys: tuple[str, ...]
    person: str = ""


class Records:
    """The records of one table; each is named once, however many rules it fails.

    ``people`` are the records of the collection's people, where this table belongs to them, and ``row_of_person`` finds
    the row of one by its key.
    """

    def __init__(
        self,
        collection: Collection,
        rows: Rows,
        people: Records | None,
        row_of_person: Callable[[int | None], int | None],
    ):
        self.rows = rows
        self._about = collection.tables[rows.table]
        self._people, self._row_of_person = people, row_of_person
        self._person_keys = rows.keys[people._about.key] if people else []
        self._are_people = rows.table == collection.person
        self._shown = [
            (name, rows.text[name]) for name in items_in_label(self._about.label) if name in rows.text
        ]
        self._natural = [rows.text[name] for name in self._about.natural_key]
        self._labels: dict[int, str] = {}
        self._named: dict[int | None, Named] = {}

    def named(self, row: int | None) -> Named:
        """Whose a record is first, then the record."""
        known = self._named.get(row)
        if known is None:
            known = self._named[row] = self._name(row)
        return known

    def label(self, row: int) -> str:
        """The record alone."""
        known = self._labels.get(row)
        if known is None:
            known = self._labels[row] = label_of(
                self._about, {name: texts[row] for name, texts in self._shown}
            )
        return known

    def natural_keys(self, row: int) -> tuple[str, ...]:
        """What tells a record from the others of its table in any file."""
        return tuple([str(texts[row]) for texts in self._natural])

    def person_row(self, row: int) -> int | None:
        """The row of the person a record belongs to; None where it belongs to nobody."""
        return self._row_of_person(self._person_keys[row]) if self._people else None

    def _name(self, row: int | None) -> Named:
        if row is None:
            return Named(self._about.record, ())
        own, keys = self.label(row), self.natural_keys(row)
        person = self.person_row(row)
        if self._people is None or person is None:
            return Named(own, keys, own if self._are_people else "")
        whose = self._people.label(person)
        return Named(f"{whose}: {own}", keys + self._people.natural_keys(person), whose)
