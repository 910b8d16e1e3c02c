"""The value of pay points agrees with the tables it was taken from."""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from pathlib import Path

import pytest
import tomli

from muster.catalogue import CATALOGUE
from muster.model import Collection

AREAS = {
    "England and Wales excl. London": "EW",
    "Inner London": "IL",
    "Outer London": "OL",
    "London fringe": "FR",
}
COLUMNS_2025 = {"rest_of_england": "EW", "inner_london": "IL", "outer_london": "OL", "london_fringe": "FR"}
RANGES_2025 = {"MPR": "TE", "UPR": "TU", "UQT": "UT", "LP": "LP", "LDR": "LD"}

Values = dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def pay() -> dict[str, list[dict[str, str]]]:
    """The rows of each table by its years."""
    data = tomli.loads((CATALOGUE / "school_workforce" / "pay_points.toml").read_text(encoding="utf-8"))
    return {table["years"]: rows_of(table["points"]) for table in data["tables"]}


def rows_of(text: str) -> list[dict[str, str]]:
    heading, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(heading, line, strict=True)) for line in lines]


def values_of(rows: list[dict[str, str]]) -> Values:
    return {(row["point"], area): int(row[area]) for row in rows for area in AREAS.values() if row[area]}


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("years", "column"), [("2010-2012", "sep2010_to_aug2013"), ("2013", "sep2013_to_aug2014")]
)
def test_the_points_to_2013_are_those_of_the_reference(
    shared_data: Path, pay: dict[str, list[dict[str, str]]], years: str, column: str
) -> None:
    path = shared_data / "reference" / "workforce" / "codesets" / "stpcd_points.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = {(row["point"], AREAS[row["area"]]): int(row[column]) for row in csv.DictReader(file)}
    assert values_of(pay[years]) == expected


@pytest.mark.real_data
def test_the_points_of_2025_are_those_of_the_unverified_table(
    shared_data: Path, pay: dict[str, list[dict[str, str]]]
) -> None:
    path = shared_data / "data" / "hr" / "stpcd_2025_26_advisory_points_UNVERIFIED.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = {
        (RANGES_2025[row["range"]], row["point"].removeprefix("UT"), area): int(row[column])
        for row in rows
        for column, area in COLUMNS_2025.items()
    }
    found = {
        (row["pay_range"], row["point"].removeprefix("UT"), area): int(row[area])
        for row in pay["2025"]
        for area in COLUMNS_2025.values()
    }
    assert found == expected


def test_each_value_of_2013_is_one_per_cent_above_that_of_2012_rounded_up(
    pay: dict[str, list[dict[str, str]]],
) -> None:
    before, after = values_of(pay["2010-2012"]), values_of(pay["2013"])
    assert after == {point: math.ceil(round(value * 1.01, 2)) for point, value in before.items()}


def test_a_higher_point_is_worth_more_and_a_dearer_area_pays_more(
    pay: dict[str, list[dict[str, str]]],
) -> None:
    for rows in pay.values():
        for row, following in pairwise(rows):
            if row["pay_range"] == following["pay_range"]:
                assert int(row["EW"]) < int(following["EW"]), (row, following)
        for row in rows:
            paid = [int(row[area]) for area in ("EW", "FR", "OL", "IL") if row[area]]
            assert paid == sorted(paid), row


def test_every_range_is_a_pay_range_of_the_year(
    pay: dict[str, list[dict[str, str]]], collection: Collection
) -> None:
    for years, rows in pay.items():
        ranges = collection.code_sets["pay_range"].in_force(int(years[:4]))
        assert {row["pay_range"] for row in rows} <= set(ranges)


def test_every_area_is_a_regional_spine(collection: Collection) -> None:
    assert set(collection.code_sets["regional_spine"].in_force(2013)) == set(AREAS.values())
