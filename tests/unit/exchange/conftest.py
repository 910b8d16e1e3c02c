"""Whole invented returns for property tests: any collection, any year, rows in the official order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from muster.model import Collection, Element, Return, Rows

_LETTERS = st.characters(min_codepoint=0x21, max_codepoint=0x2FFF, exclude_categories=["C", "Z"])
_WORDS = st.text(_LETTERS, min_size=1, max_size=6)
_TEXT = st.one_of(
    st.lists(_WORDS, min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["O'Brien & Sons", "<b>", '"quoted"', "]]>", "=1+1", "'=2", "@x", "-3", "+4", "0012"]),
)
_VALUES = {
    "text": _TEXT,
    "whole": st.integers(0, 9999).map(str),
    "number": st.decimals(0, 99999, places=2).map(str),
    "date": st.dates().map(str),
    "datetime": st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds")),
    "boolean": st.sampled_from(["true", "false"]),
}


class _Maker:
    """Draws the rows of one return, walking the message as its file would be written."""

    def __init__(self, draw: st.DrawFn, collection: Collection, year: int) -> None:
        self.draw, self.collection, self.year = draw, collection, year
        self.tables = {name: Rows.empty(collection, name) for name in collection.tables}

    def record(self, element: Element, around: dict[str, int | None]) -> None:
        rows = self.tables[element.table or ""]
        own = len(rows) + 1
        keys = {**around, self.collection.tables[rows.table].key: own}
        rows.append(keys, {})
        self.fill(element, rows, own - 1, keys)

    def fill(self, element: Element, rows: Rows, at: int, keys: dict[str, int | None]) -> None:
        given = True
        for item in element.items:
            value = self.draw(st.none() | _VALUES[self.collection.tables[rows.table].items[item].type])
            rows.text[item][at] = value if given else None
            given = given and value is not None
        for child in (child for child in element.children if self.year in child.years):
            if child.table:
                for _ in range(self.draw(st.integers(0, 2))):
                    self.record(child, keys)
            else:
                self.fill(child, rows, at, keys)


@st.composite
def returns(draw: st.DrawFn, collection: Collection, year: int) -> Return:
    """A return of one year with a header that names it and up to two records of each kind."""
    maker = _Maker(draw, collection, year)
    maker.record(collection.message, {})
    header = maker.tables["returns"].text
    given = {"collection": collection.message_name, "year": str(year), "lea": "999", "estab": "4001"}
    for name, value in given.items():
        if name in header:
            header[name][0] = value
    return Return(collection.name, year, maker.tables)


@pytest.fixture(scope="session")
def returns_of(collection: Collection) -> Callable[[int], st.SearchStrategy[Return]]:
    """A strategy for the returns of one year of the census."""
    return lambda year: returns(collection, year)


@pytest.fixture(scope="session")
def contents() -> Callable[[Return], object]:
    """What two equal returns share: keys and text, not line numbers."""
    return lambda return_: {name: (rows.keys, rows.text) for name, rows in return_.tables.items()}
