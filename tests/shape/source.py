"""The repository as these tests see it: its committed files, its modules and their functions."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
Def = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """A function with its place, its length in lines and its arguments without self."""

    path: str
    name: str
    line: int
    length: int
    positional: tuple[str, ...]
    optional: frozenset[str]
    arguments: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name}"


@cache
def committed() -> tuple[str, ...]:
    """The paths of all files under version control that are still there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout
    return tuple(path for path in listed.split("\0") if path and (REPOSITORY / path).is_file())


@cache
def text_of(path: str) -> str:
    """The text of a file; '' for one that is no text."""
    try:
        return (REPOSITORY / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lines_with(pattern: re.Pattern[str]) -> Iterator[tuple[str, int, str]]:
    """Every line of the committed text files in which a pattern is found: path, number and text."""
    for path in committed():
        if pattern.search(text_of(path)):
            lines = enumerate(text_of(path).splitlines(), 1)
            yield from ((path, number, line) for number, line in lines if pattern.search(line))


def python_files(*folders: str) -> tuple[str, ...]:
    """The Python files below folders, committed or about to be; migrations are written by Django."""
    found = (path for folder in folders for path in (REPOSITORY / folder).rglob("*.py"))
    ours = (path.relative_to(REPOSITORY).as_posix() for path in found if path.parent.name != "migrations")
    return tuple(sorted(ours))


@cache
def tree_of(path: str) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text_of(path), path)


@cache
def functions(*folders: str) -> tuple[Function, ...]:
    """Every function below folders, the inner ones too."""
    return tuple(
        _function(path, node)
        for path in python_files(*folders)
        for node in ast.walk(tree_of(path))
        if isinstance(node, Def)
    )


def _function(path: str, node: Def) -> Function:
    given = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    positional = tuple(name for name in given if name not in ("self", "cls"))
    optional = frozenset(given[len(given) - len(node.args.defaults) :])
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    arguments = len(positional) + len(node.args.kwonlyargs)
    return Function(path, node.name, node.lineno, length, positional, optional, arguments)
