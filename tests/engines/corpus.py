"""Read boundary.toml: each expression with its rows, and the line each row stands on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import tomli

PATH = Path(__file__).with_name("boundary.toml")
_CELL = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^|]*?)\s*(?:\||$)')
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
Kind = Literal["boolean", "number", "date", "text"]


@dataclass(frozen=True)
class Line:
    """One row of the corpus: the values of the items and the answer they must get; None is unknown."""

    number: int
    values: dict[str, str | None]
    answer: str | None


@dataclass(frozen=True)
class Ask:
    """One expression, the type of its answer and the lines below it."""

    expression: str
    kind: Kind
    lines: tuple[Line, ...]


def read_corpus(path: Path = PATH) -> list[Ask]:
    """Every expression of the corpus in the order of the file."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found = []
    for expression, table in tomli.loads(text).items():
        key = next(n for n, line in enumerate(lines) if line.startswith(f'"{expression}" = '))
        found.append(_ask(expression, table.splitlines(), first_line=key + 2))
    return found


def _ask(expression: str, table: list[str], first_line: int) -> Ask:
    header = [_text(cell) for cell in _cells(table[0])]
    rows = [
        (first_line + n, dict(zip(header, _cells(row), strict=True)))
        for n, row in enumerate(table[1:], start=1)
    ]
    kind = _kind([cells["="] for _, cells in rows])
    lines = [
        Line(number, {n: _text(c) for n, c in cells.items() if n and n != "="}, _text(cells["="]))
        for number, cells in rows
    ]
    return Ask(expression, kind, tuple(lines))


def _cells(row: str) -> list[str]:
    cells = [found[1] for found in _CELL.finditer(row) if found.start() < len(row)]
    return [*cells, ""] if row.rstrip().endswith("|") else cells


def _text(cell: str) -> str | None:
    if cell.startswith('"'):
        return str(json.loads(cell))
    return cell or None


def _kind(answers: list[str]) -> Kind:
    known = [answer for answer in answers if answer]
    if any(answer.startswith('"') for answer in known):
        return "text"
    if all(answer in ("yes", "no") for answer in known):
        return "boolean"
    return "date" if all(_DATE.fullmatch(answer) for answer in known) else "number"
