"""Read ``message.txt``: the official message as an indented outline of elements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from muster.catalogue._source import nearest
from muster.model import CatalogueError, Element, Table, Years

_LINE = re.compile(
    r"^(?P<indent> *)(?P<name>[A-Za-z_][\w.:-]*)(?P<others>(?:\s+\|\s+[A-Za-z_][\w.:-]*)*)(?P<whole>\s+[.]{3})?"
    r"(?:\s+\*\s+(?P<table>\w+))?(?:\s+=\s+(?P<items>[\w.]+(?:\s*,\s*\w+)*))?"
    r"(?:\s+\[(?P<years>[\d\s-]+)\])?\s*$"
)


@dataclass
class _Line:
    number: int
    depth: int
    name: str
    table: str | None
    items: tuple[str, ...]
    years: Years
    others: tuple[str, ...] = ()
    whole: bool = False
    children: list[_Line] = field(default_factory=list)


def read_message(path: Path, tables: Mapping[str, Table]) -> Element:
    """Read the outline and check that every table and item it names exists.  Raises CatalogueError."""
    lines = [_parse(path.name, n, text) for n, text in _meaningful(path)]
    if not lines:
        raise CatalogueError(f"{path.name}:1: the message has no elements")
    _nest(path.name, lines)
    _check_names(path.name, lines[0], tables, None)
    return _element(lines[0])


def _meaningful(path: Path) -> list[tuple[int, str]]:
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    without_comments = ((n, line.split("#", 1)[0].rstrip()) for n, line in numbered)
    return [(n, line) for n, line in without_comments if line]


def _parse(file: str, number: int, text: str) -> _Line:
    found = _LINE.match(text)
    if not found or len(found["indent"]) % 2:
        raise CatalogueError(
            f"{file}:{number}: '{text.strip()}' is not an element; write two spaces a level, then "
            "'Name', 'Name * table', 'Name = item' or 'Name ...', and years in square brackets"
        )
    items = tuple(name.strip() for name in found["items"].split(",")) if found["items"] else ()
    try:
        years = Years.parse(found["years"] or "")
    except ValueError as error:
        raise CatalogueError(f"{file}:{number}: {error}") from None
    others = tuple(found["others"].replace("|", " ").split())
    depth = len(found["indent"]) // 2
    return _Line(number, depth, found["name"], found["table"], items, years, others, bool(found["whole"]))


def _nest(file: str, lines: list[_Line]) -> None:
    open_lines = [lines[0]]
    for line in lines[1:]:
        if line.depth > len(open_lines) or line.depth == 0:
            raise CatalogueError(f"{file}:{line.number}: '{line.name}' is indented under nothing")
        del open_lines[line.depth :]
        open_lines[-1].children.append(line)
        open_lines.append(line)


def _check_names(file: str, line: _Line, tables: Mapping[str, Table], table: str | None) -> None:
    if line.table and line.table not in tables:
        raise CatalogueError(
            f"{file}:{line.number}: no table '{line.table}' in schema.toml{nearest(line.table, tables)}"
        )
    table = line.table or table
    for item in line.items:
        # "oc3.in_touch" fills an item of a table that has no element of its own around it.
        named, _, name = item.rpartition(".")
        about = tables.get(named or table or "")
        known = about.items if about else {}
        if name not in known:
            raise CatalogueError(
                f"{file}:{line.number}: table '{named or table}' has no item '{name}'{nearest(name, known)}"
            )
    for child in line.children:
        _check_names(file, child, tables, table)


def _element(line: _Line) -> Element:
    below = tuple(_element(child) for child in line.children)
    return Element(line.name, line.years, line.table, line.items, below, line.others, line.whole)
