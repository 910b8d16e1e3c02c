"""What is collected when: nothing may be asked in a year in which it is not collected."""

from __future__ import annotations

from collections.abc import Iterable

from muster.catalogue._language import PredicateError
from muster.model import Collection, Years


def check_collected(years: Years, collection: Collection, columns: Iterable[tuple[str, str]]) -> None:
    """Refuse an item, given with its table, in a year in which it is not collected.  Raises PredicateError."""
    for table, name in columns:
        about = collection.tables.get(table)
        item = about.items.get(name) if about else None
        if about is None or item is None:
            continue
        for year in years.among(collection.years):
            if year not in item.years or year not in about.years:
                raise PredicateError(
                    f"it is in force in {year}, when {table}.{name} is not collected ({item.years})"
                )
