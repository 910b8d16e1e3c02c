"""What is asked about a collection's personal data: what is hidden, why it is held, and how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Sensitive:
    """An item that is hidden until somebody says why they need it."""

    table: str
    item: str
    kind: str
    why: str


@dataclass(frozen=True)
class Stated:
    """One statement of the record of processing, with where it is known from and how surely."""

    name: str
    title: str
    text: str
    confidence: str
    source: str


@dataclass(frozen=True)
class Kept:
    """How long one kind of thing is kept, in months counted from the closing day of its round (or its arrival)."""

    what: str
    months: int
    counted_from: str
    why: str
    confidence: str
    source: str


@dataclass(frozen=True)
class Privacy:
    """The privacy side of one collection."""

    collection: str
    sensitive: tuple[Sensitive, ...]
    record: tuple[Stated, ...]
    kept: tuple[Kept, ...]

    @cached_property
    def _hidden(self) -> frozenset[tuple[str, str]]:
        return frozenset((one.table, one.item) for one in self.sensitive)

    def is_sensitive(self, table: str, item: str) -> bool:
        """Whether an item of a table is hidden until asked for."""
        return (table, item) in self._hidden

    def sensitive_items(self) -> frozenset[str]:
        """The names of the items that are sensitive in some table; a finding names its items without their table."""
        return frozenset(one.item for one in self.sensitive)

    def stated(self) -> Mapping[str, Stated]:
        """The statements of the record by name."""
        return {one.name: one for one in self.record}

    def months_of(self, what: str) -> Kept | None:
        """How long one kind of thing is kept, or None where nothing is said."""
        return next((one for one in self.kept if one.what == what), None)
