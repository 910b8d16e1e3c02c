"""The tests of all rules in words, made when the catalogue is built and read when a rule is explained."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from muster.model import CatalogueError, Collection, Rule

_FILE = "meaning.json"
Meanings = dict[str, tuple[str, ...]]


def build_meanings(collection: Collection) -> Meanings:
    """Every test in words, by rule and years.  Needs the SQL parser, like all of building."""
    from muster.catalogue._english import in_words

    return {meaning_key(rule): in_words(rule, collection) for rule in collection.rules}


def meaning_key(rule: Rule) -> str:
    """How a version of a rule is told from the others."""
    return f"{rule.id} {rule.years}"


def meanings_to_json(meanings: Meanings) -> str:
    """The text kept in the repository: one rule a line."""
    lines = [f"{json.dumps(key)}: {json.dumps(words, ensure_ascii=False)}" for key, words in meanings.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def meanings_path(collection: Collection, catalogue: Path) -> Path:
    """Where the tests in words are kept."""
    return catalogue / collection.folder / "plan" / _FILE


def load_meanings(collection: Collection, catalogue: Path) -> Meanings:
    """Read the tests in words.  Raises CatalogueError where they were never built."""
    return _read(meanings_path(collection, catalogue))


@cache
def _read(path: Path) -> Meanings:
    if not path.exists():
        raise CatalogueError(f"{path.name}:1: the tests in words are not built; run 'muster rules build'")
    return {key: tuple(words) for key, words in json.loads(path.read_text(encoding="utf-8")).items()}
