"""What the headings of a table of indicators or milestones mean: values of a kind and year, or a part of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from muster.performance.measures import Kind
from muster.performance.periods import NoPeriod, Period, read_year

_VALUE = re.compile(r"^(actual|forecast|target|baseline|provisional)\b\s*(.*)$", re.I)
_QUARTER = re.compile(r"^quarter\s*([1-4])$", re.I)
_LONGEST = 60  # characters; what is longer is text, not a heading
_YEAR = re.compile(r"\b(\d{4}|\d{2})[/-](\d{4}|\d{2}|\d)\b")
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ref", re.compile(r"\bref\b", re.I)),
    ("title", re.compile(r"definition|description|indicator", re.I)),
    ("objective", re.compile(r"objective", re.I)),
    ("milestone", re.compile(r"milestone|^(?:high priority )?actions?$", re.I)),
    ("light", re.compile(r"progress|light|\brag\b", re.I)),
    ("comment", re.compile(r"comment", re.I)),
    ("due", re.compile(r"^(?:due|finish|target date)", re.I)),
    ("owner", re.compile(r"^(?:resp|owner|officer)", re.I)),
)


@dataclass(frozen=True)
class Heading:
    """One heading: a part of the text, or values of a kind in a period, or ``wrong``, which says why it is neither."""

    text: str
    part: str = ""
    kind: Kind | None = None
    period: Period | None = None
    wrong: str = ""


def read_headings(cells: Sequence[str]) -> tuple[Heading, ...]:
    """What each heading of a row means; a quarter is one of the year of the targets beside it."""
    years = [Period(0)] + [one.period for one in map(_heading, cells) if one.kind == "target" and one.period]
    return tuple(_of_quarter(cell, years[-1]) or _heading(cell) for cell in cells)


def is_measures(headings: Sequence[Heading]) -> bool:
    """Whether these head a table of indicators: with a reference, a definition and a value."""
    parts = {one.part for one in headings}
    return {"ref", "title"} <= parts and any(one.kind or one.wrong for one in headings)


def is_milestones(headings: Sequence[Heading]) -> bool:
    """Whether these head a table of milestones."""
    return {"ref", "objective", "milestone"} <= {one.part for one in headings}


def year_in(text: str) -> Period | None:
    """The year a text names; None where it names none."""
    found = _YEAR.search(text)
    try:
        return read_year(found[0]) if found else None
    except NoPeriod:
        return None


@lru_cache(maxsize=4096)  # most cells of a table are looked at as if they were headings
def _heading(cell: str) -> Heading:
    if len(cell) > _LONGEST:
        return Heading(cell)
    if found := _VALUE.match(cell):
        kind: Kind = found[1].lower()  # type: ignore[assignment]
        period = year_in(found[2])
        wrong = "" if period else f"'{cell}' names no year, so none of its values can be used"
        return Heading(cell, kind=kind, period=period, wrong=wrong)
    return Heading(cell, next((part for part, pattern in _PARTS if pattern.search(cell)), ""))


def _of_quarter(cell: str, year: Period) -> Heading | None:
    found = _QUARTER.match(cell)
    if not found:
        return None
    if not year.year:
        return Heading(cell, kind="actual", wrong=f"'{cell}' is of no year: no target beside it names one")
    return Heading(cell, kind="actual", period=Period(year.year, "quarter", int(found[1])))
