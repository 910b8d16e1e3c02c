"""Statistics that the department published, made again by the arithmetic of the indicators from the sums beside them.

The files lie beside the repository; where they do not, these tests say so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from statistics import median

import pytest

from muster.catalogue import load_collection
from muster.performance import Part, ratio_of_sums

SECOND_PLANS = (
    "d3_cpps_subsequent_plan_2013_to_2025",
    "CPP_subsequent",
    "CPP_start",
    "CPP_subsequent_percent",
)
TWO_YEARS = (
    "d5_cpps_at31march_by_duration_2013_to_2025", "2_years_or_more", "CPP_At31", "2_years_or_more_percent",
)  # fmt: skip


@pytest.fixture(scope="module")
def data(shared_data: Path) -> Path:
    """The folder of published files."""
    if not (shared_data / "data" / "cin_stats").is_dir():
        pytest.skip("REAL DATA ABSENT: no folder 'shared/data'; this test checked nothing")
    return shared_data / "data"


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a published file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def numbers(row: dict[str, str], *columns: str) -> tuple[Decimal, ...]:
    """The numbers of some columns; none where one of them is suppressed or not known."""
    try:
        return tuple(Decimal(row[column] or "") for column in columns)
    except InvalidOperation:
        return ()


@pytest.mark.parametrize(
    ("table", "indicator", "at_least"),
    [(SECOND_PLANS, "plans_after_another", 1_900), (TWO_YEARS, "plans_open_two_years", 1_200)],
)
def test_every_percentage_of_an_authority_in_the_tables_of_children_in_need_comes_out(
    data: Path, table: tuple[str, str, str, str], indicator: str, at_least: int
) -> None:
    name, *columns = table
    [about] = [
        one for one in load_collection("children_in_need").indicators_in(2025) if one.name == indicator
    ]
    told = [
        (row["la_name"], row["time_period"], *found)
        for row in rows(data / "cin_stats" / f"{name}.csv")
        if row["geographic_level"] == "Local authority" and (found := numbers(row, *columns))
    ]
    wrong = [one for one in told if about.value(float(one[2]), float(one[3])) != one[4]]
    assert len(told) >= at_least and not wrong


@pytest.mark.parametrize("year", ["2023/24", "2024/25"])
@pytest.mark.parametrize(("places", "percent"), [("PriCap", "Quan_P_UP"), ("SecCap", "Quan_S_UP")])
def test_unfilled_places_of_the_country_are_a_ratio_of_sums_and_no_mean(
    data: Path, year: str, places: str, percent: str
) -> None:
    held = [
        row for row in rows(data / "la" / "la_school_places_scorecard_2023_2025.csv") if row["Year"] == year
    ]
    [country] = [numbers(one, places, percent) for one in held if one["geographic_level"] == "National"]
    authorities = [
        found
        for one in held
        if one["geographic_level"] == "Local authority" and (found := numbers(one, places, percent))
    ]
    ratio = ratio_of_sums([Part(capacity * share / 100, capacity) for capacity, share in authorities])
    mean = sum(share for _, share in authorities) / len(authorities)
    assert sum(capacity for capacity, _ in authorities) == country[0]
    assert ratio is not None and abs(ratio - country[1]) < Decimal("0.000001") < abs(mean - country[1])


def test_pupils_for_each_teacher_lie_near_what_was_published_of_each_school(data: Path) -> None:
    """Headcounts in January stand for the full-time equivalents of November, which were not published by school."""
    pupils = {one["URN"]: numbers(one, "NOR") for one in rows(data / "spt" / "england_census.csv")}
    apart = []
    for row in rows(data / "spt" / "england_swf.csv"):
        staff = numbers(row, "Total Number of Teachers (Full-Time Equivalent)", "Pupil:     Teacher Ratio")
        roll = pupils.get(row["URN"], ())
        if staff and roll and (ratio := ratio_of_sums([Part(roll[0], staff[0])], times=1)):
            apart.append(abs(ratio - staff[1]))
    assert len(apart) > 8_000 and median(apart) <= Decimal("0.2")
