"""The bank holidays of England and Wales, as the catalogue lists them."""

from __future__ import annotations

from datetime import date
from functools import cache

import tomli

from muster.catalogue._source import pipe_table
from muster.catalogue.load import CATALOGUE


@cache
def bank_holidays() -> tuple[date, ...]:
    """Every bank holiday that is known, in order; beyond the year of the last nothing is known."""
    data = tomli.loads((CATALOGUE / "bank_holidays.toml").read_text(encoding="utf-8"))
    return tuple(sorted(date.fromisoformat(row["date"]) for row in pipe_table(data["days"])))
