"""The brief of a school: one page for the train, made of the same figures as its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from muster.model.words import date_in_words
from muster.report._pages import pdf_pages

# What fits on the page; the file on the website has the rest.
MOST_MEASURES, MOST_WARNINGS, MOST_OTHERS, MOST_LETTERS = 16, 5, 3, 200


@dataclass(frozen=True)
class BriefMeasure:
    """One figure: its title, the latest with its period, the one before, and schools like this one; '' for none."""

    title: str
    latest: str
    period: str
    before: str
    like: str


@dataclass(frozen=True)
class BriefNote:
    """Something that was written, seen or linked to: what it is called, when or where, and what it says."""

    title: str
    where: str
    text: str = ""
    address: str = ""


@dataclass(frozen=True)
class SchoolBrief:
    """Everything on the page, as text."""

    name: str
    ref: str
    day: date
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    measures: tuple[BriefMeasure, ...]
    returns: tuple[tuple[str, str, str], ...]
    notes: tuple[BriefNote, ...]
    practice: tuple[BriefNote, ...]
    sources: str


def brief_pdf(brief: SchoolBrief) -> bytes:
    """The brief as one page of PDF tagged for screen readers; the same brief gives the same bytes."""
    return pdf_pages("brief.typ.j2", _for_paper(brief), brief.day)


def _for_paper(brief: SchoolBrief) -> dict[str, Any]:
    return {
        "name": _short(brief.name, 90),
        "ref": brief.ref,
        "day": date_in_words(brief.day),
        "facts": [[label, _short(text, 120)] for label, text in brief.facts],
        "warnings": [_short(one, 140) for one in brief.warnings[:MOST_WARNINGS]],
        "measures": [
            [_short(one.title, 70), one.latest, one.period, one.before, one.like]
            for one in brief.measures[:MOST_MEASURES]
        ],
        "returns": [[_short(cell, 70) for cell in line] for line in brief.returns[:MOST_OTHERS]],
        "notes": [_note(one) for one in brief.notes[:MOST_OTHERS]],
        "practice": [_note(one) for one in brief.practice[:MOST_OTHERS]],
        "sources": _short(brief.sources, 2 * MOST_LETTERS),
    }


def _note(one: BriefNote) -> dict[str, str]:
    return {
        "title": _short(one.title, 100), "where": _short(one.where, 80), "text": _short(one.text, MOST_LETTERS),
        "address": one.address,
    }  # fmt: skip


def _short(text: str, most: int) -> str:
    """The text in one line, cut at a word where it is longer than fits."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]} …"
