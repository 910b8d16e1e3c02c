"""Corrections made on screen, kept apart from the file: laid over a return, and followed into its next version.

The file and the return read from it stay as they came.  An edit names its record and not its place, so that it finds
the record again in a file exported anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from muster.model import Collection, MusterError, Provenance, Return, Rows
from muster.resolve.identities import Edit, Identities

_NOT_TO_BE_WRITTEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

ON_SCREEN = "edited on screen"

PutRightState = Literal["put right", "still old", "something else", "record gone"]


class Edited(NamedTuple):
    """A corrected copy of a return, and what became of each edit.

    An edit is ``lost`` where its record is not in the return, and ``overtaken`` where the record no longer holds
    the value that was corrected: then the file's own value stands.
    """

    one: Return
    applied: tuple[Edit, ...] = ()
    lost: tuple[Edit, ...] = ()
    overtaken: tuple[Edit, ...] = ()


class PutRight(NamedTuple):
    """Whether a new version of the file holds what was corrected on screen; ``now`` is what it holds.

    ``identity`` is the name of the record in the new version, '' where it is gone.  An edit that is kept goes on under
    this name: it differs where a naming item was put right, which the edit that did so need not be kept for.
    """

    edit: Edit
    state: PutRightState
    now: str | None = None
    identity: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the correction can be ticked off."""
        return self.state == "put right"


def apply_edits(collection: Collection, one: Return, edits: Iterable[Edit]) -> Edited:
    """The return with edits laid over it, in their order.  Raises MusterError for an item that is not asked."""
    given = tuple(edits)
    if not given:
        return Edited(one)
    for edit in given:
        _refuse_unknown(collection, one.year, edit)
    work = _Overlay(collection, one, given)
    for edit in given:
        work.lay(edit)
    return work.finished()


def put_right(collection: Collection, edits: Iterable[Edit], new: Return) -> tuple[PutRight, ...]:
    """For each correction that stands, whether a new version of the file already holds it."""
    standing = net_edits(edits)
    former, own = Identities(collection, new, edits=standing), Identities(collection, new)
    found = []
    for edit in standing:
        row = former.row(edit.table, edit.identity)
        name = "" if row is None else own.of(edit.table)[row]
        found.append(_state(new.tables[edit.table], row, edit)._replace(identity=name))
    return tuple(found)


def net_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """One edit for each item corrected, from the first value to the last; none where it was undone."""
    found: dict[tuple[str, str, str], Edit] = {}
    for edit in edits:
        place = (edit.table, edit.identity, edit.item)
        before = found.pop(place, None)
        if before and before.value == edit.was:
            edit = replace(edit, was=before.was)
        if edit.value != edit.was:
            found[place] = edit
    return tuple(found.values())


def _state(rows: Rows, row: int | None, edit: Edit) -> PutRight:
    if row is None:
        return PutRight(edit, "record gone")
    now = rows.text[edit.item][row]
    state: PutRightState = "something else"
    if now == edit.value:
        state = "put right"
    elif now == edit.was:
        state = "still old"
    return PutRight(edit, state, now)


def _refuse_unknown(collection: Collection, year: int, edit: Edit) -> None:
    table = collection.tables.get(edit.table)
    if table is None or edit.item not in table.items:
        raise MusterError(
            f"'{edit.table}.{edit.item}' is no item of the {collection.title.lower()}; name one."
        )
    if year not in table.items[edit.item].years:
        title = table.items[edit.item].title
        raise MusterError(f"{title} is not asked in {year}, so it cannot be corrected; leave it as it is.")
    if edit.value and _NOT_TO_BE_WRITTEN.search(edit.value):
        title = table.items[edit.item].title
        raise MusterError(f"{title} holds a character that no file can hold; type it again without it.")


@dataclass
class _Overlay:
    """The work of laying edits over one return."""

    collection: Collection
    received: Return
    edits: Sequence[Edit]
    applied: list[Edit] = field(default_factory=list)
    lost: list[Edit] = field(default_factory=list)
    overtaken: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = dict(self.received.tables)
        self.names = Identities(self.collection, self.received, edits=net_edits(self.edits))

    def lay(self, edit: Edit) -> None:
        """Put the new value in the place of the old one, if both are as the edit says."""
        row = self.names.row(edit.table, edit.identity)
        if row is None:
            self.lost.append(edit)
        elif self.tables[edit.table].text[edit.item][row] != edit.was:
            self.overtaken.append(edit)
        else:
            self._own(edit.table, edit.item)[row] = edit.value
            self.applied.append(edit)

    def _own(self, table: str, item: str) -> list[str | None]:
        """A column that is not the received return's, so that it may be changed."""
        rows, received = self.tables[table], self.received.tables[table]
        if rows is received:
            rows = self.tables[table] = replace(received, text=dict(received.text))
        if rows.text[item] is received.text[item]:
            rows.text[item] = list(received.text[item])
        return rows.text[item]

    def finished(self) -> Edited:
        """The corrected return; what reading noticed of a corrected value no longer stands."""
        cells = {self._cell(edit) for edit in self.applied if self._differs(edit)}
        notices = [n for n in self.received.notices if (n.table, n.key, n.item) not in cells]
        came = {cell: Provenance(ON_SCREEN, self._file(), None, cell[2], "") for cell in cells}
        provenance = {**self.received.provenance, **came}
        one = replace(self.received, tables=self.tables, notices=notices, provenance=provenance)
        return Edited(one, tuple(self.applied), tuple(self.lost), tuple(self.overtaken))

    def _cell(self, edit: Edit) -> tuple[str, int, str]:
        row = self.names.row(edit.table, edit.identity)
        key = self.received.tables[edit.table].keys[self.collection.tables[edit.table].key][row or 0]
        return edit.table, key or 0, edit.item

    def _differs(self, edit: Edit) -> bool:
        row = self.names.row(edit.table, edit.identity) or 0
        before, after = (one[edit.table].text[edit.item][row] for one in (self.received.tables, self.tables))
        return before != after

    def _file(self) -> str:
        return self.received.source.name if self.received.source else ""
