"""Which items each rule, derived table and indicator asks, made when the catalogue is built and read by the dictionary.

It is kept with the plans, so that nobody who looks an item up waits for an SQL parser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from muster.model import CatalogueError, Collection

_FILE = "uses.json"
Columns = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Uses:
    """The columns that each asker asks, as ``table.column``, by kind of asker and by its name.

    A column is an item of a table or a column of a derived table; all versions of an asker count together.
    """

    rules: Mapping[str, tuple[str, ...]]
    derived: Mapping[str, tuple[str, ...]]
    indicators: Mapping[str, tuple[str, ...]]

    def to_json(self) -> str:
        """The text kept in the repository: one asker a line."""
        parts = [f'"{kind}": {{\n' + _lines(found) + "\n}" for kind, found in vars(self).items()]
        return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(found: Mapping[str, tuple[str, ...]]) -> str:
    return ",\n".join(f"{json.dumps(name)}: {json.dumps(columns)}" for name, columns in found.items())


def gathered(askers: Iterable[tuple[str, Columns]], collection: Collection) -> dict[str, tuple[str, ...]]:
    """The columns of each asker, all its versions together; keys, which no return holds, are left out."""
    keys = {table.key for table in collection.tables.values()}
    found: dict[str, set[str]] = {}
    for name, columns in askers:
        found.setdefault(name, set()).update(
            f"{table}.{column}" for table, column in columns if column not in keys
        )
    return {name: tuple(sorted(columns)) for name, columns in found.items()}


def uses_path(collection: Collection, catalogue: Path) -> Path:
    """Where the uses are kept."""
    return catalogue / collection.folder / "plan" / _FILE


def load_uses(collection: Collection, catalogue: Path) -> Uses:
    """Read the uses.  Raises CatalogueError where they were never built."""
    return _read(uses_path(collection, catalogue))


@cache
def _read(path: Path) -> Uses:
    if not path.exists():
        raise CatalogueError(f"{path.name}:1: what asks which item is not built; run 'muster rules build'")
    data = json.loads(path.read_text(encoding="utf-8"))
    by_kind = {
        kind: {name: tuple(columns) for name, columns in found.items()} for kind, found in data.items()
    }
    return Uses(**by_kind)
