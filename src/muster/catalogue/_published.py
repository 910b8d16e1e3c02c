"""Read ``tables.toml``: which derived tables of a collection are published, and under which headings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from muster.catalogue._source import BadRow, Kinds, SourceText, nearest, pipe_rows
from muster.model import Derived, PublishedTable

_KEYS: Kinds = {"title": str, "says": str, "table": str, "order": list, "columns": str}


def read_published(source: SourceText, derived: Iterable[Derived]) -> tuple[PublishedTable, ...]:
    """Every published table; its columns are those of a derived table.  Raises CatalogueError."""
    known = {one.name: one.columns for one in derived}
    return tuple(_table(source, name, data, known) for name, data in source.data.items())


def _table(
    source: SourceText, name: str, data: dict[str, Any], known: dict[str, tuple[str, ...]]
) -> PublishedTable:
    source.check_keys(data, _KEYS, name)
    for needed in _KEYS:
        if needed not in data:
            raise source.fault(f"table '{name}' needs '{needed}'", name)
    if data["table"] not in known:
        hint = nearest(data["table"], known)
        raise source.fault(f"there is no derived table '{data['table']}'{hint}", name, key="table")
    columns = _columns(source, name, data["columns"])
    for column in (*(column for column, _ in columns), *data["order"]):
        if column not in known[data["table"]]:
            hint = nearest(column, known[data["table"]])
            raise source.fault(f"'{data['table']}' has no column '{column}'{hint}", name, key="columns")
    return PublishedTable(
        name, data["title"], data["says"], data["table"], columns, tuple(data["order"])
    )  # fmt: skip


def _columns(source: SourceText, name: str, text: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple((row["column"], row["heading"]) for _, row in pipe_rows(text))
    except BadRow as error:
        raise source.fault_in_row(str(error), error.row) from None
    except KeyError as error:
        raise source.fault(f"the columns of '{name}' need a column {error}", name, key="columns") from None
