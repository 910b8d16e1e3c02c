"""Dates as a collection writes them, in the form the engines read; what is no date stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from muster.model import Collection, Rows

_REMEMBERED = 100_000  # the same days come again in many columns
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def iso_dates(collection: Collection, rows: Rows) -> None:
    """Turn every date of the rows that is one into ISO form."""
    if collection.date_form == "yyyy-mm-dd":
        return
    for item in collection.tables[rows.table].items.values():
        if item.type == "date":
            rows.text[item.name] = _converted(rows.text[item.name])


def _converted(texts: Sequence[str | None]) -> list[str | None]:
    known = {text: day_first(text) for text in set(texts) if text is not None}
    return [None if text is None else known[text] for text in texts]


@lru_cache(maxsize=_REMEMBERED)
def day_first(text: str) -> str:
    """01/04/2024 as 2024-04-01; the text itself where it is no day of the calendar written so."""
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return text
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return text
