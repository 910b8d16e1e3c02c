"""A packed file of postcodes gives the same answers in parts as read whole, whatever its layout."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence

import pytest

from muster.read._postcode_letter import Letter

msgpack = pytest.importorskip("msgpack", reason="the directory of postcodes is an optional package")

ROWS = 300
POSTCODES = [f"ZZ{n // 100:<2}{n % 10}{'AB'[n // 10 % 2]}{'ABCDE'[n // 20 % 5]}" for n in range(ROWS)]
WITHOUT_AREA = {0, 1, 64, 150, ROWS - 1}


def packed(postcodes: Sequence[str], *, ending: str = "", first: str = "pcd") -> bytes:
    """A file as the package has it, with this column first; every row lies somewhere else."""
    areas = [math.nan if n in WITHOUT_AREA else f"E{n:08}{ending}" for n in range(len(postcodes))]
    east = [math.nan if n == 7 else 1000.0 + n for n in range(len(postcodes))]
    north = [2000.0 + n for n in range(len(postcodes))]
    columns = {"pcd": list(postcodes), "laua": areas, "oseast1m": east, "osnrth1m": north}
    data = {first: columns.pop(first), **columns}
    written: bytes = msgpack.packb({"columns": ["pcd"], "data": data})
    return written


def in_pieces(file: bytes) -> Iterator[bytes]:
    """A file as it is unpacked, a little at a time."""
    yield from (file[at : at + 50] for at in range(0, len(file), 50))


def placed(file: bytes, wanted: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """What the file says, with numbers as text so that one that is not known equals itself."""
    return {
        postcode: (area, str(e), str(n))
        for postcode, (area, e, n) in Letter(in_pieces(file)).find(wanted).items()
    }


EXPECTED = {
    postcode: ("" if n in WITHOUT_AREA else f"E{n:08}", "nan" if n == 7 else str(1000.0 + n), str(2000.0 + n))
    for n, postcode in enumerate(sorted(POSTCODES))
}


def test_every_postcode_is_found_where_it_lies() -> None:
    assert len(EXPECTED) == ROWS
    assert placed(packed(sorted(POSTCODES)), POSTCODES) == EXPECTED


def test_columns_may_stand_in_another_order() -> None:
    assert placed(packed(sorted(POSTCODES), first="oseast1m"), POSTCODES) == EXPECTED


def test_where_no_postcode_is_found_the_rest_is_not_unpacked() -> None:
    pieces = in_pieces(packed(sorted(POSTCODES)))
    assert Letter(pieces).find(["ZZ9 9ZZ"]) == {}
    assert len(list(pieces)) > ROWS * 20 // 50  # of 36 bytes a row, 8 are its postcode; a piece has 50


def test_a_file_in_another_order_gives_the_same() -> None:
    shuffled = sorted(POSTCODES)[::-1]
    found = placed(packed(shuffled), POSTCODES)
    assert set(found) == set(POSTCODES)
    assert found[shuffled[2]][2] == "2002.0"


def test_areas_of_another_length_are_read_too() -> None:
    found = placed(packed(sorted(POSTCODES), ending="X"), [sorted(POSTCODES)[5]])
    assert list(found.values()) == [("E00000005X", "1005.0", "2005.0")]


@pytest.mark.parametrize("postcode", ["ZZ9 9ZZ", "AA1 1AA", "", "ZZ", "ZZ0 0AA0", "éé"])
def test_a_postcode_that_is_not_there_is_not_found(postcode: str) -> None:
    assert placed(packed(sorted(POSTCODES)), [postcode]) == {}


def test_a_long_array_has_a_longer_head() -> None:
    many = [f"Y{n:06}" for n in range(70_000)]
    file = packed(many)
    assert struct.pack(">BI", 0xDD, 70_000) in file
    assert placed(file, [many[-1]]) == {many[-1]: ("E00069999", "70999.0", "71999.0")}
