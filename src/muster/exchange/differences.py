"""What differs between two versions of one return, record by record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from muster.model import Collection, Return, Table
from muster.model.labels import label_of

Row = dict[str, str | None]
Identity = tuple[str | None, ...]


@dataclass(frozen=True)
class Change:
    """One item that changed on a record that is in both versions."""

    item: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class Difference:
    """One record that was added, removed or changed."""

    kind: Literal["added", "removed", "changed"]
    table: str
    record: str
    changes: tuple[Change, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The difference as JSON-ready values."""
        changes = [{"item": c.item, "was": c.was, "now": c.now} for c in self.changes]
        return {"kind": self.kind, "table": self.table, "record": self.record, "changes": changes}


def differences(collection: Collection, before: Return, after: Return) -> tuple[Difference, ...]:
    """Compare two versions; a record is the same one if its natural key and its person's are equal."""
    return tuple(one for table in collection.tables for one in _of_table(collection, table, before, after))


def _of_table(collection: Collection, table: str, before: Return, after: Return) -> Iterator[Difference]:
    earlier, later = (_by_identity(collection, table, one) for one in (before, after))
    gone: list[_Placed] = []
    come: list[_Placed] = []
    about = collection.tables[table]
    for identity in dict.fromkeys([*earlier, *later]):
        old, new = earlier.get(identity, []), later.get(identity, [])
        for was, now in zip(old, new, strict=False):
            yield from _changed(about, was, now)
        gone += old[len(new) :]
        come += new[len(old) :]
    for was, now in _still_one(gone, come):
        yield from _changed(about, was, now)
    yield from (Difference("removed", table, label_of(about, one.row)) for one in gone)
    yield from (Difference("added", table, label_of(about, one.row)) for one in come)


def _changed(table: Table, was: _Placed, now: _Placed) -> Iterator[Difference]:
    changes = _changes(was.row, now.row)
    if changes:
        yield Difference("changed", table.name, label_of(table, now.row), changes)


def _still_one(gone: list[_Placed], come: list[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Records of one person alike in most values are one record whose naming item changed; both leave the lists."""
    for was in list(gone):
        alike = [now for now in come if now.owner == was.owner and _mostly_alike(was.row, now.row)]
        if alike:
            now = max(alike, key=lambda one: _equal_values(was.row, one.row))
            gone.remove(was)
            come.remove(now)
            yield was, now


def _mostly_alike(was: Row, now: Row) -> bool:
    given = sum(1 for item in now if was.get(item) is not None or now[item] is not None)
    return given > 1 and 2 * _equal_values(was, now) > given


def _equal_values(was: Row, now: Row) -> int:
    return sum(1 for item in now if now[item] is not None and was.get(item) == now[item])


@dataclass(eq=False)
class _Placed:
    """A row with the person it belongs to."""

    owner: Identity
    row: Row


def _by_identity(collection: Collection, table: str, one: Return) -> dict[Identity, list[_Placed]]:
    person = collection.person
    key = collection.tables[person].key if person else ""
    people = _people(collection, one) if key in collection.key_columns(table) else {}
    own = collection.tables[table].natural_key
    rows = one.tables[table]
    owners = rows.keys.get(key) or [None] * len(rows)
    found: dict[Identity, list[_Placed]] = defaultdict(list)
    for row, owner in zip(rows.rows(), owners, strict=True):
        # Who married has another name and the same birthday; strangers may be alike in every code.
        born = (row.get("birth_date"),)
        whose = born if table == collection.person else people.get(owner, ())
        found[(*whose, *(row[item] for item in own))].append(_Placed(whose, row))
    return found


def _people(collection: Collection, one: Return) -> dict[int | None, Identity]:
    about = collection.tables[collection.person]
    rows = one.tables[about.name]
    own = about.natural_key
    names: Sequence[Identity] = [tuple(row[item] for item in own) for row in rows.rows()]
    return dict(zip(rows.keys[about.key], names, strict=True))


def _changes(was: Row, now: Row) -> tuple[Change, ...]:
    return tuple(Change(item, was.get(item), now[item]) for item in now if was.get(item) != now[item])
