"""The day a plan means by what it writes as a due date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"^(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$")
_SLASHED = re.compile(r"^(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})$")
_WORDS = re.compile(
    r"^(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<name>[a-z]{3,9})\.?\s+(?P<year>\d{4})$", re.I
)


def read_due(text: str) -> date | None:
    """The day of ``30 November 2026``, ``30/11/2026``, ``2026-11-30`` or ``Nov 2026``; None for what names none.

    A month stands for its last day.
    """
    found = next(
        (f for f in (pattern.match(text.strip()) for pattern in (_ISO, _SLASHED, _WORDS)) if f), None
    )
    if found is None:
        return None
    said = found.groupdict()
    month = _month(said["name"]) if "name" in said else int(said["month"])
    year = int(said["year"])
    if not 1 <= month <= 12 or year < 1:
        return None
    last = monthrange(year, month)[1]
    day = int(said["day"]) if said["day"] else last
    return date(year, month, day) if 1 <= day <= last else None


def _month(name: str) -> int:
    return next((number for number, short in enumerate(MONTHS, 1) if name.lower().startswith(short)), 0)
