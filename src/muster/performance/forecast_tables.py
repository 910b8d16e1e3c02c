"""Read what a forecast is made from: rolls by year group, births by year, homes that are planned, each also by area."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from muster.catalogue import load_collection
from muster.model import MusterError
from muster.performance.amounts import read_amount
from muster.performance.forecast import Homes
from muster.performance.measures import Remark
from muster.performance.tables import BadCell, Row, rows_of

_SCHOOL_YEAR = re.compile(r"^(\d{4})(?:\s*[/-]\s*(\d{2}|\d{4}))?$")
_FIRST, _LAST = 1990, 2100


@dataclass
class ForecastTables:
    """Pupils by year and year group, births by the year their school year begins in, homes; and rows left out."""

    history: dict[int, dict[str, int]] = field(default_factory=dict)
    births: dict[int, int] = field(default_factory=dict)
    homes: list[Homes] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def groups(self) -> tuple[str, ...]:
        """The year groups from the youngest on, as the census lists them."""
        held = {group for roll in self.history.values() for group in roll}
        return tuple(group for group in year_groups() if group in held)


def read_forecast_tables(
    rolls: Path, *, births: Path | None = None, housing: Path | None = None, area: str = ""
) -> ForecastTables:
    """What the tables hold, of one area or of all together; a row that cannot be used is named and left out.

    ``rolls`` has the columns year (of the spring census), group and pupils; ``births`` year (2020/21) and births;
    ``housing`` year, homes and yield, which are pupils of each year group for a hundred homes.  Each may have an area,
    and rows of the same year are added up.  Raises MusterError where a column or the area is missing.
    """
    found = ForecastTables()
    _each(found, _of_area(rolls, ("year", "group", "pupils"), area), _take_roll)
    if births:
        _each(found, _of_area(births, ("year", "births"), area), _take_births)
    if housing:
        _each(found, _of_area(housing, ("year", "homes", "yield"), area), _take_homes)
    return found


def year_groups() -> tuple[str, ...]:
    """The year groups of the school census from the youngest on."""
    return tuple(one.code for one in load_collection("school_census_spring").code_sets["year_group"].codes)


def births_told(text: str) -> dict[int, int]:
    """Births by year from lines such as ``2020/21 1850``; those of a year are added up.  Raises MusterError by line."""
    found: dict[int, int] = {}
    for year, births in _told(text, (_school_year, _count), "a year and births, such as 2020/21 1850"):
        found[year] = found.get(year, 0) + births
    return found


def homes_told(text: str) -> list[Homes]:
    """Planned homes from lines such as ``2027 200 3.5``: year, homes, yield of 100.  Raises MusterError by line."""
    wanted = "a year, homes and pupils of a year group for a hundred homes, such as 2027 200 3.5"
    told = _told(text, (_year, _count, _yield), wanted)
    return [Homes(year, homes, per_hundred / 100) for year, homes, per_hundred in told]


def _told(text: str, readings: Sequence[Callable[[str], Any]], wanted: str) -> Iterator[list[Any]]:
    """The parts of each line that is not empty, read one by one."""
    for number, line in enumerate(text.splitlines(), start=1):
        parts = line.split()
        if not parts:
            continue
        if len(parts) != len(readings):
            raise MusterError(f"line {number}: write {wanted}")
        try:
            yield [reading(part) for reading, part in zip(readings, parts, strict=True)]
        except MusterError as problem:
            raise MusterError(f"line {number}: {problem}") from None


def _of_area(path: Path, needed: Sequence[str], area: str) -> list[Row]:
    rows = rows_of(path, needed, optional=("area",))
    if not area:
        return rows
    chosen = [row for row in rows if row["area"].casefold() == area.casefold()]
    if not chosen:
        known = ", ".join(sorted({row["area"] for row in rows if row["area"]})) or "none"
        raise MusterError(f"{path.name} has no row of the area '{area}' (it has: {known})")
    return chosen


def _each(found: ForecastTables, rows: Sequence[Row], take: Callable[[ForecastTables, Row], None]) -> None:
    for row in rows:
        try:
            take(found, row)
        except BadCell as bad:
            found.remarks.append(bad.remark)


def _take_roll(found: ForecastTables, row: Row) -> None:
    year, group, pupils = row.read("year", _year), row.read("group", _group), row.read("pupils", _count)
    roll = found.history.setdefault(year, {})
    roll[group] = roll.get(group, 0) + pupils


def _take_births(found: ForecastTables, row: Row) -> None:
    year, births = row.read("year", _school_year), row.read("births", _count)
    found.births[year] = found.births.get(year, 0) + births


def _take_homes(found: ForecastTables, row: Row) -> None:
    year, homes, per_hundred = row.read("year", _year), row.read("homes", _count), row.read("yield", _yield)
    found.homes.append(Homes(year, homes, per_hundred / 100))


def _year(text: str) -> int:
    if not text.isdecimal() or not _FIRST <= int(text) <= _LAST:
        raise MusterError(f"'{text}' is not the year of a spring census, such as 2026")
    return int(text)


def _school_year(text: str) -> int:
    found = _SCHOOL_YEAR.match(text)
    begins = int(found[1]) if found else 0
    ends = int(found[2]) % 100 if found and found[2] else (begins + 1) % 100
    if not _FIRST <= begins <= _LAST or ends != (begins + 1) % 100:
        raise MusterError(f"'{text}' is not a school year of births, such as 2020/21")
    return begins


def _group(text: str) -> str:
    group = text.upper().removeprefix("YEAR ").strip()
    if group not in year_groups():
        raise MusterError(f"'{text}' is no year group; write R, or 1 to 14")
    return group


def _count(text: str) -> int:
    number = read_amount(text).number
    if number is None or number < 0 or number != int(number):
        raise MusterError(f"'{text}' is not a whole number")
    return int(number)


def _yield(text: str) -> Fraction:
    number = read_amount(text).number
    if number is None or not 0 <= number <= 100:
        raise MusterError(f"'{text}' is not the pupils of a year group for a hundred homes, such as 3.5")
    return Fraction(number)
