"""How a record is named to a person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter

from muster.model.collection import Table
from muster.model.words import value_in_words


def label_of(table: Table, values: Mapping[str, str | None]) -> str:
    """The label of a record with these values, such as 'Sam Field, born 1 May 1980'; an empty value is named so."""
    words = {item: value_in_words(values.get(item)) for item in items_in_label(table.label)}
    return table.label.format_map(words) if table.label else table.record


@cache
def items_in_label(label: str) -> tuple[str, ...]:
    """The items that a label shows."""
    return tuple(item for _, item, _, _ in Formatter().parse(label) if item)
