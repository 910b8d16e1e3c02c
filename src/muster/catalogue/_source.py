"""A catalogue file with its text, so that every complaint can say ``file:line`` and the nearest name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli

from muster.model import CatalogueError, Terms, Years

_NOUNS: Mapping[type, str] = {
    str: "a text", bool: "true or false", int: "a whole number", float: "a number", list: "a list",
    dict: "a table",
}  # fmt: skip
_NAME = re.compile(r"\"[^\"]*\"|'[^']*'|[^.\s\"']+")
Kinds = Mapping[str, type | tuple[type, ...]]


@dataclass(frozen=True)
class SourceText:
    """One TOML file of the catalogue: its name, its text and what was parsed from it."""

    name: str
    text: str
    data: dict[str, Any]

    @classmethod
    def read(cls, path: Path, root: Path) -> SourceText:
        """Parse a file; a missing file or a syntax error becomes a CatalogueError with the line."""
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        text = read_text(path, name)
        try:
            return cls(name, text, tomli.loads(text))
        except tomli.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            at = int(line[1]) if line else len(text.splitlines())
            raise CatalogueError(f"{name}:{at}: not valid TOML: {error}") from None

    def line_of(self, *path: str, key: str = "") -> int:
        """The line of a table heading, or of a key in that table.

        Where the table is written within another (``checks.code = {...}``), the nearest heading above it.
        """
        for depth in range(len(path), -1, -1):
            start = self._headings.get(path[:depth])
            if start is not None:
                names = [name for name in (*path[depth:], key) if name]
                return self._key_below(names, start)
        return 1

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def _headings(self) -> dict[tuple[str, ...], int]:
        """Heading to its line; a heading that is only implied by one below it stands there."""
        found: dict[tuple[str, ...], int] = {(): 0}
        implied: dict[tuple[str, ...], int] = {}
        for number, line in enumerate(self._lines, 1):
            if line.startswith("["):
                path = tuple(part.strip("\"'") for part in _NAME.findall(line.split("]")[0].lstrip("[")))
                found.setdefault(path, number)
                for depth in range(1, len(path)):
                    implied.setdefault(path[:depth], number)
        return {**implied, **found}

    def _key_below(self, names: list[str], start: int) -> int:
        """The line of a key in the section of a heading, or of the table it is written within."""
        lines = self._lines
        end = next((n for n in range(start, len(lines)) if lines[n].startswith("[")), len(lines))
        at, known = start, start or 1
        for name in names:
            word = re.compile(rf"(^|[\s{{,.])[\"']?{re.escape(name)}[\"']?\s*(=|\.\w+\s*=)")
            found = next((n for n in range(at, end) if word.search(lines[n])), None)
            if found is not None:
                at, known = found, found + 1
        return known

    def line_holding(self, text: str) -> int:
        """The first line that holds a text, such as a row of a table drawn with pipes; 1 if none does."""
        return next((n for n, line in enumerate(self.text.splitlines(), 1) if text and text in line), 1)

    def fault(self, message: str, *path: str, key: str = "") -> CatalogueError:
        """An error that names this file and the line of the table or key."""
        return CatalogueError(f"{self.name}:{self.line_of(*path, key=key)}: {message}")

    def fault_in_row(self, message: str, row: str) -> CatalogueError:
        """An error that names this file and the line of one row of a table drawn with pipes."""
        return CatalogueError(f"{self.name}:{self.line_holding(row)}: {message}")

    def check_keys(self, table: Any, known: Iterable[str], *path: str) -> None:
        """Refuse a key that is not known, with the nearest one that is; and a value of the wrong kind.

        Kinds are checked where ``known`` maps each key to the types its value may have.
        """
        if not isinstance(table, dict):
            raise self.fault(f"'{path[-1]}' must be a table of keys", *path[:-1], key=path[-1])
        names = set(known)
        for key, value in table.items():
            if key not in names:
                raise self.fault(f"'{key}' is not a known key{nearest(key, names)}", *path, key=key)
            if isinstance(known, Mapping) and not _is_kind(value, known[key]):
                raise self.fault(f"'{key}' must be {_kinds_in_words(known[key])}", *path, key=key)

    def check_among(self, table: dict[str, Any], key: str, allowed: Iterable[str], *path: str) -> None:
        """Refuse a value that is none of a few words."""
        names = list(allowed)
        if key in table and table[key] not in names:
            known = f"{', '.join(names[:-1])} or {names[-1]}"
            hint = nearest(str(table[key]), names)
            raise self.fault(f"{key} '{table[key]}' is not known; use {known}{hint}", *path, key=key)

    def years(self, table: dict[str, Any], *path: str) -> Years:
        """The ``years`` of a table; every year where it has none."""
        try:
            return Years.parse(str(table.get("years", "")))
        except ValueError as error:
            raise self.fault(str(error), *path, key="years") from None

    def terms(self, table: dict[str, Any], *path: str) -> Terms:
        """The ``terms`` of a table; every term where it has none."""
        try:
            return Terms.parse(table.get("terms", ""))
        except ValueError as error:
            raise self.fault(str(error), *path, key="terms") from None


def read_text(path: Path, name: str) -> str:
    """The text of a catalogue file.  Raises CatalogueError where it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CatalogueError(
            f"{name}:1: the collection has no file {path.name}; every collection needs one"
        ) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CatalogueError(f"{name}:{line}: not UTF-8 text; save the file as UTF-8") from None


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint such as ``; did you mean 'contracts'?``, or nothing if no name is near."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def _is_kind(value: Any, kinds: type | tuple[type, ...]) -> bool:
    """As isinstance, but true and false are no numbers."""
    allowed = kinds if isinstance(kinds, tuple) else (kinds,)
    return isinstance(value, allowed) and (not isinstance(value, bool) or bool in allowed)


def _kinds_in_words(kinds: type | tuple[type, ...]) -> str:
    return " or ".join(_NOUNS[kind] for kind in (kinds if isinstance(kinds, tuple) else (kinds,)))


class BadRow(ValueError):
    """A row of a table drawn with pipes that does not fit its heading; ``row`` is the line as written."""

    def __init__(self, message: str, row: str):
        super().__init__(message)
        self.row = row


def pipe_table(text: str) -> list[dict[str, str]]:
    """Read a table drawn with pipes: a heading line, then a row a line; blank lines are left out.

    Raises BadRow where a row has another number of cells than the heading.
    """
    return [row for _, row in pipe_rows(text)]


def pipe_rows(text: str) -> list[tuple[str, dict[str, str]]]:
    """As ``pipe_table``, each row with the line as it was written."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return []
    names = [cell.strip() for cell in lines[0].split("|")]
    return [(line, _row(names, line)) for line in lines[1:]]


def _row(names: list[str], line: str) -> dict[str, str]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != len(names):
        raise BadRow(f"this row has {len(cells)} cells, the heading has {len(names)}: {line.strip()}", line)
    return dict(zip(names, cells, strict=True))
