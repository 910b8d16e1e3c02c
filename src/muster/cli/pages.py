"""How the pages about rules are set: wrapped paragraphs, indented blocks, example tables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from muster.catalogue.meaning import load_meanings, meaning_key
from muster.model import CatalogueError, Collection, Rule

_WIDTH = 100


def paragraph(text: str, indent: int = 2) -> str:
    """A wrapped paragraph; lines after the first stand under the words of the first."""
    label, _, words = text.partition(":")
    hang = len(text) - len(words.lstrip()) if words and len(label) < 12 else 0
    return textwrap.fill(
        " ".join(text.split("\n")), _WIDTH, initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang), break_on_hyphens=False,
    )  # fmt: skip


def bullet(text: str, indent: int = 2) -> str:
    """A wrapped paragraph that starts with a star."""
    at = " " * indent
    return textwrap.fill(
        text, _WIDTH, initial_indent=f"{at}* ", subsequent_indent=f"{at}  ", break_on_hyphens=False
    )


def block(lines: Iterable[str], indent: int = 4) -> str:
    """Lines one below the other, all moved to the right."""
    return "\n".join(" " * indent + line for line in lines)


def bullets(lines: Sequence[str], indent: int = 2) -> str:
    """An outline whose first line is a heading, the others wrapped bullets at their depth."""
    first, *rest = lines
    written = [textwrap.fill(first, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)]
    for line in rest:
        words = line.lstrip()
        at = " " * (indent + len(line) - len(words) - 2)
        written.append(textwrap.fill(words, _WIDTH, initial_indent=f"{at}- ", subsequent_indent=f"{at}  "))
    return "\n".join(written)


def meaning_of(collection: Collection, rule: Rule, catalogue: Path) -> tuple[str, ...]:
    """The test of a rule in words, as built; its SQL where the words are not built yet."""
    try:
        meanings = load_meanings(collection, catalogue)
    except CatalogueError:
        meanings = {}
    return meanings.get(meaning_key(rule), ("(run 'muster rules build' to see the test in words)",))


def example_lines(rule: Rule, limit: int = 400) -> list[str]:
    """The examples of a rule as they are written, a universe after the other."""
    lines = [line for universe in rule.examples for line in _universe(rule, universe.items())][:-1]
    return lines if len(lines) <= limit else [*lines[:limit], f"... and {len(lines) - limit} lines more"]


def _universe(rule: Rule, tables: Iterable[tuple[str, str]]) -> Iterator[str]:
    written = list(tables)
    for table, text in written:
        if len(written) > 1 or table != rule.table:
            yield f"[{table}]"
        yield from text.strip().splitlines()
        yield ""
