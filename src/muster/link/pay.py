"""Base pay from a spine point, with the pay tables of the year.

    base pay = value of the point in the pay area
               x hours per week / hours of a full-time week
               x 1, or (weeks per year + 5.6) / 52 where that is less

The census asks for the actual annual pay for the hours worked, allowances apart (seen with ScholarPack, 2017).
The value of a point is for a full-time year.  Somebody who works in term time only is paid for the weeks worked
and for 5.6 weeks of leave (Working Time Regulations 1998, regulations 13 and 13A): 39 weeks give 44.6 / 52.
That the census means this factor is derived; a payroll that counts otherwise shows up as a difference, not as
a silent correction, because pay that payroll gives always stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from importlib import resources

import tomli

from muster.model import Years

_CENT = Decimal("0.01")
_LEAVE_WEEKS = Decimal("5.6")
_YEAR_WEEKS = Decimal(52)
TOLERANCE = Decimal(1)
# How payrolls spell the ranges in front of a point.
_SPELLINGS = {"MPS": "M", "MPR": "M", "UPS": "U", "UPR": "U", "LDR": "L", "LS": "L", "UQ": "UT", "UQT": "UT"}
_LETTERS = {"TE": "M", "TU": "U", "LD": "L", "UT": "UT", "AS": "AST"}


@dataclass(frozen=True)
class PayTable:
    """The value of each point in one or more collection years: pounds by pay range, point and pay area."""

    title: str
    years: Years
    values: Mapping[tuple[str, str], Mapping[str, Decimal]]

    def ranges_of(self, point: str) -> tuple[str, ...]:
        """The pay ranges that have a point of this name."""
        return tuple(pay_range for pay_range, name in self.values if name == point)

    def value(self, pay_range: str, point: str, area: str) -> Decimal | None:
        """The annual full-time value of a point, or None where the table does not give it."""
        return self.values.get((pay_range, point), {}).get(area)


@cache
def pay_tables(collection: str) -> tuple[PayTable, ...]:
    """The pay tables of a collection; none if it has no pay points."""
    file = resources.files("muster_catalogue") / collection / "pay_points.toml"
    if not file.is_file():
        return ()
    tables = tomli.loads(file.read_text(encoding="utf-8"))["tables"]
    return tuple(PayTable(t["title"], Years.parse(t["years"]), _values(t["points"])) for t in tables)


def pay_table(collection: str, year: int) -> PayTable | None:
    """The pay table that holds on the census day of a year, or None where none is known."""
    return next((table for table in pay_tables(collection) if year in table.years), None)


def _values(text: str) -> dict[tuple[str, str], dict[str, Decimal]]:
    heading, *rows = (_cells(line) for line in text.strip().splitlines())
    found = {}
    for cells in rows:
        row = dict(zip(heading, cells, strict=True))
        areas = {area: Decimal(row[area]) for area in ("EW", "IL", "OL", "FR") if row.get(area)}
        found[row["pay_range"], row["point"]] = areas
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def base_pay(value: Decimal, hours: Decimal, fte_hours: Decimal, weeks: Decimal | None) -> Decimal:
    """The annual pay of a point for the hours and weeks worked; no weeks means the whole year."""
    if fte_hours <= 0:
        raise ValueError("the hours of a full-time week must be more than 0")
    whole_year = weeks is None or weeks >= _YEAR_WEEKS
    factor = (
        Decimal(1) if whole_year or weeks is None else min(Decimal(1), (weeks + _LEAVE_WEEKS) / _YEAR_WEEKS)
    )
    return (value * hours / fte_hours * factor).quantize(_CENT, ROUND_HALF_UP)


def point_name(pay_range: str | None, text: str) -> str:
    """A spine point as the tables name it: a bare 5 of the main range is M5; zeros and spaces are dropped."""
    compact = re.sub(r"[\s-]", "", text.upper())
    found = re.fullmatch(r"([A-Z]*?)0*(\d+)(?:\.0+)?", compact)
    if not found:
        return compact.lower() if compact in ("MIN", "MAX") else compact
    letters = found[1] or _LETTERS.get(pay_range or "", "")
    return f"{_SPELLINGS.get(letters, letters)}{found[2]}"


def amount(text: str | None) -> Decimal | None:
    """A number as a decimal, or None where there is none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
