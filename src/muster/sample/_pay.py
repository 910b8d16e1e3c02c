"""Full-time pay for a whole year by pay range, point and area, from the catalogue's table of points.

Points the table does not know are put between their neighbours in equal proportions: good enough for invented
people, and never shown as fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tomli

from muster.catalogue import CATALOGUE
from muster.model import Years

_POINTS = {"TE": ("M", 6), "TU": ("U", 3), "UT": ("UT", 6), "LD": ("L", 43), "LP": ("LP", 18)}
_AREA_FACTOR = {"EW": 1.0, "FR": 1.03, "OL": 1.1, "IL": 1.2}


@dataclass(frozen=True)
class PayTable:
    """The pay of one year, by pay range and area, lowest point first."""

    values: dict[tuple[str, str], tuple[int, ...]]

    @classmethod
    def of(cls, collection: str, year: int) -> PayTable:
        """The table in force in a year, or else the nearest one."""
        return _read(collection, year)

    def steps(self, pay_range: str) -> int:
        """How many points a range has."""
        return len(self.values[pay_range, "EW"])

    def pay(self, pay_range: str, step: int, area: str) -> int:
        """The pay of a full-time teacher on a step of a range."""
        return self.values[pay_range, area][step]


def point_name(pay_range: str, step: int) -> str:
    """What a point is called: M1, U3, L18."""
    return f"{_POINTS[pay_range][0]}{step + 1}"


@lru_cache(maxsize=32)
def _read(collection: str, year: int) -> PayTable:
    tables = tomli.loads((CATALOGUE / collection / "pay_points.toml").read_text("utf-8"))["tables"]
    known = _known_points(_nearest(tables, year)["points"])
    ranges = {(name, area): _filled(known, name, area) for name in _POINTS for area in _AREA_FACTOR}
    return PayTable(ranges)


def _nearest(tables: list[dict[str, Any]], year: int) -> dict[str, Any]:
    def distance(table: dict[str, Any]) -> int:
        years = Years.parse(table["years"])
        return min(abs(year - other) for other in range(2010, 2031) if other in years)

    return min(tables, key=distance)


def _known_points(text: str) -> dict[tuple[str, str, str], int]:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    heading = lines[0]
    known: dict[tuple[str, str, str], int] = {}
    for cells in lines[1:]:
        row = dict(zip(heading, cells, strict=False))
        known |= {
            (row["pay_range"], row["point"], area): int(row[area]) for area in _AREA_FACTOR if row[area]
        }
    return known


def _filled(known: dict[tuple[str, str, str], int], pay_range: str, area: str) -> tuple[int, ...]:
    letters, count = _POINTS[pay_range]
    values = [known.get((pay_range, f"{letters}{n + 1}", area)) for n in range(count)]
    values[0] = values[0] or known.get((pay_range, "min", area))
    values[-1] = values[-1] or known.get((pay_range, "max", area))
    if values[0] is not None and values[-1] is not None:
        return _between(values)
    if area != "EW":
        return tuple(round(value * _AREA_FACTOR[area]) for value in _filled(known, pay_range, "EW"))
    return tuple(38_600 + 1_200 * n for n in range(count))


def _between(values: list[int | None]) -> tuple[int, ...]:
    anchors = [n for n, value in enumerate(values) if value is not None]
    filled = []
    for n, value in enumerate(values):
        below = max(a for a in anchors if a <= n)
        above = min(a for a in anchors if a >= n)
        low, high = values[below] or 0, values[above] or 0
        filled.append(value or round(low * (high / low) ** ((n - below) / (above - below))))
    return tuple(filled)
