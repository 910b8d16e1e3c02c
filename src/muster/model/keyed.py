"""A form that people key: its parts, with the items of each and the sums shown beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyedSum:
    """Items that are added up, and the item they should make."""

    total: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class KeyedPart:
    """One part of a form; its items are of one table, of which a return has one record."""

    name: str
    title: str
    table: str
    items: tuple[str, ...]
    sums: tuple[KeyedSum, ...] = ()
