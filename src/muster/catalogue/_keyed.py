"""Read ``form.toml``: how a collection that is keyed is laid out as a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from muster.catalogue._source import Kinds, SourceText, nearest
from muster.model import KeyedPart, KeyedSum, Table

_KEYS: Kinds = {"title": str, "table": str, "items": list, "sums": list}


def read_keyed(source: SourceText, tables: Mapping[str, Table]) -> tuple[KeyedPart, ...]:
    """Every part of the form, in the order of the file; its items are those of a table.  Raises CatalogueError."""
    return tuple(_part(source, name, data, tables) for name, data in source.data.items())


def _part(source: SourceText, name: str, data: dict[str, Any], tables: Mapping[str, Table]) -> KeyedPart:
    source.check_keys(data, _KEYS, name)
    for needed in ("title", "table", "items"):
        if needed not in data:
            raise source.fault(f"part '{name}' needs '{needed}'", name)
    if data["table"] not in tables:
        raise source.fault(f"no table '{data['table']}'{nearest(data['table'], tables)}", name, key="table")
    sums = tuple(KeyedSum(one["total"], tuple(one["of"])) for one in data.get("sums", ()))
    items = tables[data["table"]].items
    for item in (*data["items"], *(item for one in sums for item in (one.total, *one.of))):
        if item not in items:
            raise source.fault(
                f"no item '{item}' in {data['table']}{nearest(item, items)}", name, key="items"
            )
    return KeyedPart(name, data["title"], data["table"], tuple(data["items"]), sums)
