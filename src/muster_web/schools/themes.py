"""What visits, plans, courses and good practice are about: one list of themes, and which of them a text suggests."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import tomli

from muster.catalogue._source import pipe_rows

_FILE = Path(__file__).with_name("themes.toml")
_WORD = re.compile(r"[a-z]+")


@cache
def themes() -> dict[str, tuple[str, ...]]:
    """Each theme with the beginnings of words that suggest it, in lower case."""
    rows = pipe_rows(tomli.loads(_FILE.read_text(encoding="utf-8"))["themes"])
    return {row["theme"]: tuple(row["words"].split()) for _, row in rows}


def choices(none: str = "") -> list[tuple[str, str]]:
    """The themes for a form, with a first choice of none where its words are given."""
    first = [("", none)] if none else []
    return [*first, *((one, one[:1].upper() + one[1:]) for one in themes())]


def suggested_theme(text: str) -> str:
    """The theme of which a text has most words, the first of equals; '' where it has none of any."""
    words = _WORD.findall(text.lower())
    found = {
        theme: sum(word.startswith(beginnings) for word in words) for theme, beginnings in themes().items()
    }
    best = max(found, key=lambda one: found[one])
    return best if found[best] else ""
