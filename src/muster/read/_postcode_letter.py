"""Find postcodes in one file of the directory without reading the others in it.

A file is a table in msgpack, by column, in the order of its postcodes.  Postcodes are seven letters and grid
references are long numbers, so that the place of a row in the bytes follows from its number; areas are nine
letters, or no number where there is no area.  The postcodes come first and are a fifth of the file: the rest is
unpacked only where one of those wanted is among them.  A file that is not laid out so is read whole.
"""

from __future__ import annotations

import importlib
import math
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
_LONGEST_BEGINNING = 200  # bytes before the first value
_COLUMNS = ("pcd", "laua", "oseast1m", "osnrth1m")
_DATA = b"\xa4data\x84"  # the name of the table, and that it has four columns
_HEAD = re.compile(rb"[\xa3\xa4\xa8](pcd|laua|oseast1m|osnrth1m)(?:\xdc(..)|\xdd(....))", re.DOTALL)


class _Column(NamedTuple):
    """Where the first value of a column lies in the bytes, and of how many rows there are values."""

    begins: int
    rows: int


class _Postcodes:
    """The column of the postcodes."""

    def __init__(self, packed: bytearray, column: _Column):
        self._packed, self._begins = packed, column.begins
        self._end = column.begins + column.rows * _POSTCODE
        places = range(self._begins, self._end, _POSTCODE * _STEP)
        self._marks = [bytes(packed[at + 1 : at + _POSTCODE]) for at in places]

    @property
    def are_as_expected(self) -> bool:
        """Whether all are of seven letters, and in order as far as the marks tell."""
        kinds = self._packed[self._begins : self._end : _POSTCODE]
        return kinds == _TEXT_OF_7 * len(kinds) and self._marks == sorted(self._marks)

    def rows(self, wanted: Iterable[str]) -> dict[str, int]:
        """The number of the row of each postcode that is there, looked for between the marks around it."""
        found = {}
        for postcode in wanted:
            text = postcode.encode()
            near = self._begins + max(bisect_right(self._marks, text) - 1, 0) * _STEP * _POSTCODE
            at = self._packed.find(_TEXT_OF_7 + text, near, min(near + _STEP * _POSTCODE, self._end))
            if at >= 0 and len(text) == _POSTCODE - 1:
                found[postcode] = (at - self._begins) // _POSTCODE
        return found


class Letter:
    """The postcodes of one letter, in pieces that are unpacked as they are asked for."""

    def __init__(self, pieces: Iterable[bytes]):
        self._pieces = iter(pieces)
        self._packed = bytearray()

    def find(self, wanted: Iterable[str]) -> Mapping[str, _Place]:
        """Area ('' where it has none), easting and northing (NaN where it has none) of each postcode that is there."""
        wanted = set(wanted)
        first = self._postcodes_at_the_beginning()
        rows = first.rows(wanted) if first else None
        if rows == {}:
            return {}
        self._unpack(math.inf)
        if not self._as_expected:
            return self._find_in_all(wanted)
        rows = rows or self._postcodes.rows(wanted)
        return {postcode: self._place(row) for postcode, row in rows.items()}

    def _unpack(self, length: float) -> None:
        """Unpack at least so many bytes, as far as there are as many."""
        while len(self._packed) < length and (piece := next(self._pieces, None)) is not None:
            self._packed += piece

    def _postcodes_at_the_beginning(self) -> _Postcodes | None:
        """The postcodes, unpacked, where they are the first column of the file and laid out as expected."""
        self._unpack(_LONGEST_BEGINNING)
        name, column = next(self._walk(), ("", _Column(0, 0)))
        self._unpack(column.begins + column.rows * _POSTCODE)
        postcodes = _Postcodes(self._packed, column)
        return postcodes if name == "pcd" and postcodes.are_as_expected else None

    @cached_property
    def _postcodes(self) -> _Postcodes:
        return _Postcodes(self._packed, self._columns["pcd"])

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
            and self._postcodes.are_as_expected
            and self._all(self._columns["oseast1m"], _NUMBER, _LONG)
            and self._all(self._columns["osnrth1m"], _NUMBER, _LONG)
        )

    def _all(self, column: _Column, width: int, kind: bytes) -> bool:
        """Whether all values of a column are of one kind and length."""
        begins, rows = column
        return self._packed[begins : begins + rows * width : width] == kind * rows

    @cached_property
    def _rows_without_area(self) -> list[int]:
        return _without_area(self._packed, self._columns["laua"])

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


def _without_area(packed: bytearray, areas: _Column) -> list[int]:
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
