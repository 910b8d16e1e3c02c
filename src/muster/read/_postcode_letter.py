"""Find postcodes in one file of the directory without reading the others in it.

A file is a table in msgpack, by column, in the order of its postcodes.  Postcodes are seven letters and grid
references are long numbers, so that the place of a row in the bytes follows from its number; areas are nine
letters, or no number where there is no area.  A file that is not laid out so is read whole.
"""

from __future__ import annotations

import importlib
import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

_Place = tuple[str, float, float]
_POSTCODE, _AREA, _NUMBER = 8, 10, 9  # bytes of a value, with the one before it that says its kind and length
_TEXT_OF_7, _TEXT_OF_9, _LONG = b"\xa7", b"\xa9", b"\xcb"
_STEP = 64  # rows between two marks
_COLUMNS = ("pcd", "laua", "oseast1m", "osnrth1m")
_DATA = b"\xa4data\x84"  # the name of the table, and that it has four columns
_HEAD = re.compile(rb"[\xa3\xa4\xa8](pcd|laua|oseast1m|osnrth1m)(?:\xdc(..)|\xdd(....))", re.DOTALL)


class _Column(NamedTuple):
    """Where the first value of a column lies in the bytes, and of how many rows there are values."""

    begins: int
    rows: int


class Letter:
    """The postcodes of one letter, packed."""

    def __init__(self, packed: bytes):
        self._packed = packed

    def find(self, wanted: Iterable[str]) -> Mapping[str, _Place]:
        """Area ('' where it has none), easting and northing (NaN where it has none) of each postcode that is there."""
        if not self._as_expected:
            return self._find_in_all(set(wanted))
        rows = ((postcode, self._row(postcode.encode())) for postcode in wanted)
        return {postcode: self._place(row) for postcode, row in rows if row is not None}

    @cached_property
    def _columns(self) -> dict[str, _Column]:
        return dict(self._walk())

    def _walk(self) -> Iterator[tuple[str, _Column]]:
        """Each column in turn, as far as the file is laid out as expected."""
        at = self._packed.find(_DATA) + len(_DATA)
        while head := _HEAD.match(self._packed, at):
            column = _Column(head.end(), int.from_bytes(head[2] or head[3]))
            yield head[1].decode(), column
            at = column.begins + self._width(head[1].decode(), column)

    def _width(self, name: str, column: _Column) -> int:
        """The bytes of all values of a column."""
        if name == "laua":
            return column.rows * _AREA - len(_without_area(self._packed, column)) * (_AREA - _NUMBER)
        return column.rows * (_POSTCODE if name == "pcd" else _NUMBER)

    @cached_property
    def _as_expected(self) -> bool:
        return (
            set(self._columns) == set(_COLUMNS)
            and len({column.rows for column in self._columns.values()}) == 1
            and self._all("pcd", _POSTCODE, _TEXT_OF_7)
            and self._all("oseast1m", _NUMBER, _LONG)
            and self._all("osnrth1m", _NUMBER, _LONG)
            and self._marks == sorted(self._marks)
        )

    def _all(self, name: str, width: int, kind: bytes) -> bool:
        """Whether all values of a column are of one kind and length."""
        begins, rows = self._columns[name]
        return self._packed[begins : begins + rows * width : width] == kind * rows

    @cached_property
    def _marks(self) -> list[bytes]:
        """Every so many-th postcode."""
        begins, rows = self._columns["pcd"]
        places = range(begins, begins + rows * _POSTCODE, _POSTCODE * _STEP)
        return [self._packed[at + 1 : at + _POSTCODE] for at in places]

    @cached_property
    def _rows_without_area(self) -> list[int]:
        return _without_area(self._packed, self._columns["laua"])

    def _row(self, postcode: bytes) -> int | None:
        """The number of the row of a postcode."""
        begins, rows = self._columns["pcd"]
        first = max(bisect_right(self._marks, postcode) - 1, 0) * _STEP
        near, far = (begins + row * _POSTCODE for row in (first, min(first + _STEP, rows)))
        at = self._packed.find(_TEXT_OF_7 + postcode, near, far)
        return None if at < 0 or len(postcode) != _POSTCODE - 1 else (at - begins) // _POSTCODE

    def _place(self, row: int) -> _Place:
        return self._area(row), self._number("oseast1m", row), self._number("osnrth1m", row)

    def _number(self, name: str, row: int) -> float:
        at = self._columns[name].begins + row * _NUMBER + 1
        number: float = struct.unpack_from(">d", self._packed, at)[0]
        return number

    def _area(self, row: int) -> str:
        before = bisect_left(self._rows_without_area, row)
        begins = self._columns["laua"].begins + row * _AREA - before * (_AREA - _NUMBER)
        has_one = self._packed[begins : begins + 1] == _TEXT_OF_9
        return self._packed[begins + 1 : begins + _AREA].decode() if has_one else ""

    def _find_in_all(self, wanted: set[str]) -> dict[str, _Place]:
        data = importlib.import_module("msgpack").unpackb(self._packed, raw=False)["data"]
        rows = zip(*(data[name] for name in _COLUMNS), strict=True)
        return {
            postcode: (area if isinstance(area, str) else "", east, north)
            for postcode, area, east, north in rows
            if postcode in wanted
        }


def _without_area(packed: bytes, areas: _Column) -> list[int]:
    """The rows that have no area, in order."""
    found: list[int] = []
    at = packed.find(_LONG, areas.begins)
    while at >= 0:
        row = (at - areas.begins + len(found)) // _AREA
        if row >= areas.rows:
            break
        found.append(row)
        at = packed.find(_LONG, at + _NUMBER)
    return found
