"""A form that people key: its parts, with the items of each and the sums shown beside them."""

from __future__ import annotations

from typing import NamedTuple


class KeyedSum(NamedTuple):
    """Items that are added up, and the item they should make."""

    total: str
    of: tuple[str, ...]


class KeyedPart(NamedTuple):
    """One part of a form; its items are of one table, of which a return has one record."""

    name: str
    title: str
    table: str
    items: tuple[str, ...]
    sums: tuple[KeyedSum, ...] = ()
