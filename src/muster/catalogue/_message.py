"""Read ``message.txt``: the official message as an indented outline of elements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from muster.catalogue._source import nearest
from muster.model import CatalogueError, Element, Table, Terms, Years

_LINE = re.compile(
    r"^(?P<indent> *)(?P<name>[A-Za-z_][\w.:-]*)(?P<others>(?:\s+\|\s+[A-Za-z_][\w.:-]*)*)(?P<whole>\s+[.]{3})?"
    r"(?:\s+\*\s+(?P<table>\w+)(?:\s+\((?P<sets>\w+ = \w+)\))?)?(?:\s+like\s+(?P<like>\w+))?"
    r"(?:\s+=\s+(?P<items>[\w.]+(?:\s*,\s*\w+)*))?(?:\s+\[(?P<when>[\w\s,-]+)\])?\s*$"
)


@dataclass
class _Line:
    number: int
    depth: int
    name: str
    table: str | None
    items: tuple[str, ...]
    years: Years
    terms: Terms
    others: tuple[str, ...]
    sets: dict[str, str]
    like: str | None
    whole: bool
    children: list[_Line] = field(default_factory=list)


def read_message(path: Path, tables: Mapping[str, Table]) -> Element:
    """Read the outline and check that every table and item it names exists.  Raises CatalogueError."""
    lines = [_parse(path.name, n, text) for n, text in _meaningful(path)]
    if not lines:
        raise CatalogueError(f"{path.name}:1: the message has no elements")
    _nest(path.name, lines)
    _take_over(path.name, lines)
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
        years, terms = _when(found["when"] or "")
    except ValueError as error:
        raise CatalogueError(f"{file}:{number}: {error}") from None
    return _Line(
        number, len(found["indent"]) // 2, found["name"], found["table"], items, years, terms,
        others=tuple(found["others"].replace("|", " ").split()),
        sets=dict([found["sets"].split(" = ")]) if found["sets"] else {},
        like=found["like"],
        whole=bool(found["whole"]),
    )  # fmt: skip


def _when(text: str) -> tuple[Years, Terms]:
    """Years, or terms such as ``from autumn 2014``; what is not said is every one."""
    named = text[:1].isalpha()
    return Years.parse("" if named else text), Terms.parse(text if named else "")


def _nest(file: str, lines: list[_Line]) -> None:
    open_lines = [lines[0]]
    for line in lines[1:]:
        if line.depth > len(open_lines) or line.depth == 0:
            raise CatalogueError(f"{file}:{line.number}: '{line.name}' is indented under nothing")
        del open_lines[line.depth :]
        open_lines[-1].children.append(line)
        open_lines.append(line)


def _take_over(file: str, lines: list[_Line]) -> None:
    """Give an element that is like one above it what that one holds."""
    for place, line in enumerate(lines):
        if line.like:
            above = [one for one in lines[:place] if one.name == line.like and one.children]
            if not above or line.children:
                known = {one.name for one in lines[:place]}
                raise CatalogueError(
                    f"{file}:{line.number}: '{line.name}' is like '{line.like}', which has to stand above it and hold "
                    f"elements, and can hold none of its own{nearest(line.like, known)}"
                )
            line.children = above[-1].children


def _check_names(file: str, line: _Line, tables: Mapping[str, Table], table: str | None) -> None:
    if line.table and line.table not in tables:
        raise CatalogueError(
            f"{file}:{line.number}: no table '{line.table}' in schema.toml{nearest(line.table, tables)}"
        )
    table = line.table or table
    for item in (*line.items, *line.sets):
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
    return Element(
        line.name, line.years, line.table, line.items, below,
        other_names=line.others, kept_whole=line.whole, terms=line.terms, sets=line.sets,
    )  # fmt: skip
