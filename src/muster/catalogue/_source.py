"""A catalogue file with its text, so that every complaint can say ``file:line`` and the nearest right name."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from muster.model import CatalogueError, Years


@dataclass(frozen=True)
class SourceText:
    """One TOML file of the catalogue: its name, its text and what was parsed from it."""

    name: str
    text: str
    data: dict[str, Any]

    @classmethod
    def read(cls, path: Path, root: Path) -> SourceText:
        """Parse a file; a syntax error becomes a CatalogueError with the line."""
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        text = path.read_text(encoding="utf-8")
        try:
            return cls(name, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            raise CatalogueError(f"{name}:{line.group(1) if line else 1}: not valid TOML: {error}") from None

    def line_of(self, *path: str, key: str = "") -> int:
        """The line of a table heading, or of a key below it; 1 if it cannot be told."""
        heading = _heading_pattern(path)
        lines = self.text.splitlines()
        start = next((n for n, line in enumerate(lines) if heading.match(line)), 0)
        if key:
            of_key = re.compile(rf"\s*\"?{re.escape(key)}\"?\s*=")
            for n in range(start, len(lines)):
                if of_key.match(lines[n]):
                    return n + 1
        return start + 1

    def fault(self, message: str, *path: str, key: str = "") -> CatalogueError:
        """An error that names this file and the line of the table or key."""
        return CatalogueError(f"{self.name}:{self.line_of(*path, key=key)}: {message}")

    def check_keys(self, table: dict[str, Any], known: Iterable[str], *path: str) -> None:
        """Refuse a key that is not known, with the nearest one that is."""
        names = set(known)
        for key in table:
            if key not in names:
                raise self.fault(f"'{key}' is not a known key{nearest(key, names)}", *path, key=key)

    def years(self, table: dict[str, Any], *path: str) -> Years:
        """The ``years`` of a table; every year where it has none."""
        try:
            return Years.parse(str(table.get("years", "")))
        except ValueError as error:
            raise self.fault(str(error), *path, key="years") from None


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint such as ``; did you mean 'contracts'?``, or nothing if no name is near."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def _heading_pattern(path: tuple[str, ...]) -> re.Pattern[str]:
    part = r"\s*\.\s*".join(rf"[\"']?{re.escape(name)}[\"']?" for name in path)
    return re.compile(rf"\s*\[+\s*{part}\s*[\].]") if path else re.compile(r"")


def pipe_table(text: str) -> list[dict[str, str]]:
    """Read a table drawn with pipes: a heading line, then a row a line; blank lines are left out.

    Raises ValueError, naming the row, where a row has another number of cells than the heading.
    """
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return []
    names = [cell.strip() for cell in lines[0].split("|")]
    return [_row(names, line) for line in lines[1:]]


def _row(names: list[str], line: str) -> dict[str, str]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != len(names):
        raise ValueError(f"the row '{line.strip()}' has {len(cells)} cells, the heading has {len(names)}")
    return dict(zip(names, cells, strict=True))
