"""People in the examples of rules and indicators are invented and cannot exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from muster.model import Collection

INVENTED = {
    "teacher_number": re.compile(r"0{5}\d\d|9{5}\d\d|(\d)\1*|1234567|.*\D.*|\d{0,6}|\d{8,}"),
    "ni_number": re.compile(
        r"QQ.*|(?![A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$).*|..0{6}.|..123456.|..999999."
    ),
}


def cells(table: str, column: str) -> Iterator[str]:
    """The cells of one column of an example."""
    heading, *rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    if column in heading:
        at = heading.index(column)
        yield from (row[at] for row in rows if len(row) > at and row[at])


def worlds(collection: Collection) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The tables of every example, with the place where it stands."""
    for rule in collection.rules:
        yield from ((rule.where, universe) for universe in rule.examples)
    for indicator in collection.indicators:
        yield from ((indicator.where, example.tables) for example in indicator.examples)


@pytest.mark.parametrize("item", INVENTED)
def test_no_person_of_an_example_could_exist(collection: Collection, item: str) -> None:
    possible = [
        f"{where} {cell}"
        for where, universe in worlds(collection)
        for table in universe.values()
        for cell in cells(table, item)
        if not INVENTED[item].fullmatch(cell)
    ]
    assert not possible, possible
