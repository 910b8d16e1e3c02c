"""How Muster writes values for people: dates in full, counts with their noun, blanks named."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_PLURALS = {"child": "children"}
_ISO_LENGTH = 10
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@lru_cache(maxsize=8192)
def date_in_words(day: date) -> str:
    """A date as people write it: 7 November 2013."""
    return f"{day.day} {day:%B %Y}"


def value_in_words(value: object) -> str:
    """A value for a message: dates in words, an empty one named as such."""
    if value is None:
        return "(empty)"
    if isinstance(value, date):
        return date_in_words(value)
    text = str(value)
    return _text_in_words(text) if len(text) == _ISO_LENGTH else text


@lru_cache(maxsize=8192)
def _text_in_words(text: str) -> str:
    if _ISO.match(text):
        try:
            return date_in_words(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def within_sentence(title: str) -> str:
    """A title within a sentence: a small first letter, unless it is an abbreviation or a proper name."""
    second = title.partition(" ")[2]
    return title if title[1:2].isupper() or second[:1].isupper() else title[:1].lower() + title[1:]


def count_of(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 school, 2 schools, 1,200 schools."""
    many = plural or _PLURALS.get(noun) or f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"
