"""The parts of a year in which a collection is taken, and when in them an item, a rule or an element is in force.

The school census is taken by the terms of a school year; school preferences are after the offer day of each phase.
Which parts there are is data of the collection; only what depends on the terms of a school year is said here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from muster.model.years import Years

Term = str
# In the order of the calendar year: the first census of 2014 is that of spring, its last that of autumn.
TERMS: tuple[Term, ...] = ("spring", "summer", "autumn")
_FORM = re.compile(r"(?P<names>(?:\w+ )*?)(?:from (?P<from>\w+ \d{4}) )?(?:to (?P<to>\w+ \d{4}) )?")


class Span(NamedTuple):
    """The censuses of some terms, from one to another, both counted."""

    names: tuple[Term, ...] = TERMS
    first: tuple[Term, int] | None = None
    last: tuple[Term, int] | None = None

    def years(self, term: Term) -> tuple[int | None, int | None] | None:
        """The first and last calendar year in which the census of a term is among these; None where none is."""
        if self == Span():
            return (None, None)  # also in parts that are no terms
        if term not in self.names:
            return None
        place = TERMS.index(term)
        first = self.first and self.first[1] + (TERMS.index(self.first[0]) > place)
        last = self.last and self.last[1] - (TERMS.index(self.last[0]) < place)
        return None if first and last and last < first else (first, last)

    def __str__(self) -> str:
        names = "" if self.names == TERMS else " ".join(self.names)
        first = f"from {self.first[0]} {self.first[1]}" if self.first else ""
        last = f"to {self.last[0]} {self.last[1]}" if self.last else ""
        return " ".join(filter(None, (names, first, last))) or "every term"


@dataclass(frozen=True)
class Terms:
    """Censuses by their terms.

    The text form is what the catalogue holds: ``spring``, ``spring summer``, ``from autumn 2014``,
    ``spring from spring 2014 to spring 2016``; several with commas between.  No text means every census.
    """

    spans: tuple[Span, ...] = (Span(),)

    @classmethod
    @lru_cache(maxsize=1024)  # a catalogue says the same few over and over
    def parse(cls, text: str) -> Terms:
        """Read the text form.  Raises ValueError."""
        return cls(tuple(_span(part) for part in text.split(",")))

    def years(self, term: Term | None) -> Years:
        """The calendar years in which the census of a term, or of any term, is among these."""
        wanted = TERMS if term is None else (term,)
        found = {years for span in self.spans for one in wanted if (years := span.years(one))}
        return Years(_together(sorted(found, key=lambda years: (years[0] or 0, years[1] or 9999))))

    def __str__(self) -> str:
        return ", ".join(map(str, self.spans))


def _together(ranges: list[tuple[int | None, int | None]]) -> tuple[tuple[int | None, int | None], ...]:
    """Sorted ranges of years, with those that meet made one."""
    found: list[tuple[int | None, int | None]] = []
    for first, last in ranges:
        end = found[-1][1] if found else 0
        if found and (end is None or first is None or first <= end + 1):
            found[-1] = (found[-1][0], None if end is None or last is None else max(end, last))
        else:
            found.append((first, last))
    return tuple(found)


def _span(text: str) -> Span:
    found = _FORM.fullmatch(" ".join(text.split()) + " " if text.strip() else "")
    if not found:
        raise ValueError(f"'{text}' names no terms; write 'spring', 'spring summer' or 'from autumn 2014'")
    names = tuple(_term(word) for word in found["names"].split())
    return Span(names or TERMS, _census(found["from"]), _census(found["to"]))


def _term(word: str) -> Term:
    for term in TERMS:
        if word == term:
            return term
    raise ValueError(f"'{word}' is no term; the terms are {', '.join(TERMS)}")


def _census(text: str | None) -> tuple[Term, int] | None:
    if text is None:
        return None
    word, year = text.split()
    return _term(word), int(year)


EVERY_TERM = Terms()
