"""What the engines were compared on, counted as it happens and shown when the tests end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_WORDS = 3
ORDER = (
    "boundary", "examples", "random returns", "more random returns", "demo authority", "samples",
    "folders of tables",
)  # fmt: skip


@dataclass
class Compared:
    """Comparisons of one kind in one collection: rules by id, rows loaded, failing rows found, differences."""

    engines: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    rows: int = 0
    found: int = 0
    differences: int = 0


_COMPARED: dict[tuple[str, str], Compared] = {}


def compared(
    kind: str,
    collection: str,
    engines: Iterable[str],
    *,
    rules: Iterable[str],
    rows: int,
    found: int,
    wrong: int,
) -> None:
    """Count one comparison."""
    one = _COMPARED.setdefault((kind, collection), Compared())
    one.engines |= set(engines)
    one.rules |= set(rules)
    one.rows += rows
    one.found += found
    one.differences += wrong


def table() -> list[str]:
    """The summary: a line for each kind and collection, and the sums below; nothing if nothing was compared."""
    if not _COMPARED:
        return []
    headings = ("what", "collection", "engines", "rules", "rows", "failing rows", "differences")
    ordered = sorted(_COMPARED.items(), key=lambda entry: (ORDER.index(entry[0][0]), entry[0][1]))
    cells = [[*names, ", ".join(sorted(one.engines)), *_numbers([one])] for names, one in ordered]
    every = list(_COMPARED.values())
    distinct = {(names[1], rule) for names, one in ordered for rule in one.rules if names[0] != "boundary"}
    engines = sorted({name for one in every for name in one.engines})
    total = ["all", f"{len({names[1] for names in _COMPARED})}", f"{len(engines)}", *_numbers(every)]
    total[3] = f"{len(distinct):,}"
    return _aligned([list(headings), *cells, total])


def _numbers(parts: Sequence[Compared]) -> list[str]:
    sums = (
        sum(len(one.rules) for one in parts),
        sum(one.rows for one in parts),
        sum(one.found for one in parts),
        sum(one.differences for one in parts),
    )
    return [f"{number:,}" for number in sums]


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(row, widths)) for row in rows]


def _padded(row: list[str], widths: list[int]) -> list[str]:
    """Words to the left, numbers to the right."""
    cells = enumerate(zip(row, widths, strict=True))
    return [cell.ljust(width) if n < _WORDS else cell.rjust(width) for n, (cell, width) in cells]
