"""Find postcodes in one file of the directory without reading the others in it.

A file is a table in msgpack, by column, in the order of its postcodes.  Postcodes are seven letters and grid
references are long numbers, so that the place of a row in the bytes follows from its number; areas are nine
letters, or no number where there is no area.  A file that is not laid out so is read whole.
"""

from __future__ import annotations

import importlib
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

_Place = tuple[str, float, float]
_POSTCODE, _AREA, _NUMBER = 8, 10, 9  # bytes of a value, with the one before it that says its kind and length
_TEXT_OF_7, _TEXT_OF_9, _LONG = b"\xa7", b"\xa9", b"\xcb"
_STEP = 64  # rows between two marks
_COLUMNS = ("pcd", "laua", "oseast1m", "osnrth1m")


class Letter:
    """The postcodes of one letter, packed."""

    def __init__(self, packed: bytes):
        self._packed = packed
        self._msgpack = importlib.import_module("msgpack")

    def find(self, wanted: Iterable[str]) -> Mapping[str, _Place]:
        """Area ('' where it has none), easting and northing (NaN where it has none) of each postcode that is there."""
        if not self._as_expected:
            return self._find_in_all(set(wanted))
        rows = ((postcode, self._row(postcode.encode())) for postcode in wanted)
        return {postcode: self._place(row) for postcode, row in rows if row is not None}

    @cached_property
    def _columns(self) -> dict[str, bytes]:
        """The bytes of each column that is read."""
        return dict(self._walk())

    def _walk(self) -> Iterator[tuple[str, bytes]]:
        unpacker = self._msgpack.Unpacker(max_buffer_size=0)
        unpacker.feed(self._packed)
        for _ in range(unpacker.read_map_header()):
            if unpacker.unpack() != "data":
                unpacker.skip()
                continue
            for _ in range(unpacker.read_map_header()):
                name, begins = unpacker.unpack(), unpacker.tell()
                unpacker.skip()
                if name in _COLUMNS:
                    yield name, _values(self._packed[begins : unpacker.tell()])

    @cached_property
    def _as_expected(self) -> bool:
        held = self._columns
        rows = len(held["pcd"]) // _POSTCODE
        wide = len(held["laua"]) + len(self._without_area) * (_AREA - _NUMBER)
        numbers = (held["oseast1m"], held["osnrth1m"])
        return (
            held["pcd"][::_POSTCODE] == _TEXT_OF_7 * rows
            and wide == rows * _AREA
            and all(column[::_NUMBER] == _LONG * rows for column in numbers)
            and self._marks == sorted(self._marks)
        )

    @cached_property
    def _marks(self) -> list[bytes]:
        """Every so many-th postcode."""
        column, stride = self._columns["pcd"], _POSTCODE * _STEP
        return [column[n + 1 : n + _POSTCODE] for n in range(0, len(column), stride)]

    @cached_property
    def _without_area(self) -> list[int]:
        """The rows that have no area, in order."""
        column = self._columns["laua"]
        found: list[int] = []
        at = column.find(_LONG)
        while at >= 0:
            found.append((at + len(found)) // _AREA)
            at = column.find(_LONG, at + _NUMBER)
        return found

    def _row(self, postcode: bytes) -> int | None:
        """The number of the row of a postcode."""
        begins = max(bisect_right(self._marks, postcode) - 1, 0) * _STEP * _POSTCODE
        at = self._columns["pcd"].find(_TEXT_OF_7 + postcode, begins, begins + _STEP * _POSTCODE)
        return None if at < 0 or len(postcode) != _POSTCODE - 1 else at // _POSTCODE

    def _place(self, row: int) -> _Place:
        east, north = (
            struct.unpack_from(">d", self._columns[name], row * _NUMBER + 1)[0] for name in _COLUMNS[2:]
        )
        return self._area(row), east, north

    def _area(self, row: int) -> str:
        column, before = self._columns["laua"], bisect_left(self._without_area, row)
        begins = row * _AREA - before * (_AREA - _NUMBER)
        has_one = column[begins : begins + 1] == _TEXT_OF_9
        return column[begins + 1 : begins + _AREA].decode() if has_one else ""

    def _find_in_all(self, wanted: set[str]) -> dict[str, _Place]:
        data = self._msgpack.unpackb(self._packed, raw=False)["data"]
        rows = zip(*(data[name] for name in _COLUMNS), strict=True)
        return {
            postcode: (area if isinstance(area, str) else "", east, north)
            for postcode, area, east, north in rows
            if postcode in wanted
        }


def _values(array: bytes) -> bytes:
    """An array without the bytes at its beginning that say how long it is."""
    heads = {0xDC: 3, 0xDD: 5}
    return array[heads.get(array[0], 1) :]
