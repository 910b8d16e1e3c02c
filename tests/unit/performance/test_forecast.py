"""The cohort-survival forecast: each year group carried on by ratios of sums, exact until it is rounded once.

year   R    1    2          R to 1: (58+61)/(60+60)   1 to 2: (57+58)/(58+58)
2024   60   58   57
2025   60   58   57
2026   62   61   58
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.command import muster, refused

from muster.model import MusterError
from muster.performance.forecast import Homes, cohort_survival, intake_from_births, survival, with_effects
from muster.performance.forecast_tables import read_forecast_tables

GROUPS = ("R", "1", "2")
HISTORY = {
    2024: {"R": 60, "1": 58, "2": 57}, 2025: {"R": 60, "1": 58, "2": 57}, 2026: {"R": 62, "1": 61, "2": 58},
}  # fmt: skip


def test_a_ratio_is_one_of_sums_over_the_years_that_follow_each_other() -> None:
    assert survival(HISTORY, GROUPS) == {"1": Fraction(119, 120), "2": Fraction(115, 116)}
    assert survival({2020: {"R": 1, "1": 1}, **HISTORY}, GROUPS) == survival(HISTORY, GROUPS)


def test_groups_are_carried_on_exactly_and_rounded_once() -> None:
    first, second = cohort_survival(HISTORY, GROUPS, years=2)
    assert first.groups == {"R": 62, "1": 62 * Fraction(119, 120), "2": 61 * Fraction(115, 116)}
    assert (first.year, first.total) == (2027, 184)  # 62 + 61.483 + 60.474 = 183.957
    assert second.groups["2"] == 62 * Fraction(119, 120) * Fraction(115, 116)


def test_an_intake_that_is_known_is_used() -> None:
    [one] = cohort_survival(HISTORY, GROUPS, years=1, intake={2027: Fraction(45)})
    assert one.groups["R"] == 45 and one.groups["1"] == 62 * Fraction(119, 120)


def test_two_years_that_follow_each_other_are_needed() -> None:
    for history in ({}, {2026: {"R": 60}}, {2024: {"R": 60}, 2026: {"R": 60}}):
        with pytest.raises(MusterError, match="two years that follow each other"):
            cohort_survival(history, GROUPS, years=1)


@given(st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 400), min_size=3))
def test_a_roll_that_never_changed_by_group_and_is_level_stays_so(roll) -> None:
    level = dict.fromkeys(GROUPS, roll["R"])
    found = cohort_survival({2025: level, 2026: level}, GROUPS, years=5)
    assert {one.total for one in found} == {3 * roll["R"]}


# -- births and homes --------------------------------------------------------------------------------------

# 60 of the 80 born in 2019/20 and 62 of 82 came; of the 60 born in 2022/23, 122/162 will come in 2028.
BIRTHS = {2019: 80, 2020: 82, 2022: 60}
CAME = Fraction(60 + 62, 80 + 82)


def test_reception_is_the_share_of_births_that_came_so_far() -> None:
    history = {2025: {"R": 60, "1": 58}, 2026: {"R": 62, "1": 61}}
    assert intake_from_births(history, BIRTHS) == {2028: 60 * CAME}
    with pytest.raises(MusterError, match="births cannot be used"):
        intake_from_births(history, {2022: 60})


def test_each_effect_is_shown_apart_and_together_they_are_the_forecast() -> None:
    history = {2025: {"N2": 9, "R": 60, "1": 58}, 2026: {"N2": 9, "R": 62, "1": 61}}
    homes = [
        Homes(2027, 200, Fraction(7, 200)),
        Homes(2026, 900, Fraction(1)),
        Homes(2029, 100, Fraction(1, 10)),
    ]
    first, second, third = with_effects(history, ("N2", "R", "1"), years=3, births=BIRTHS, housing=homes)
    alone = cohort_survival(history, ("N2", "R", "1"), years=3)
    assert [one.survival for one in (first, second, third)] == [one.groups for one in alone]
    assert set(first.births.values()) == {0}, "no birth of 2021/22 is known, so that Reception of 2027 stays"
    assert second.births == {"N2": 0, "R": 60 * CAME - alone[1].groups["R"], "1": 0}
    assert first.housing == {"N2": 0, "R": 7, "1": 7}, "homes of a known year are in its rolls already"
    assert third.housing == {"N2": 0, "R": 17, "1": 17}
    assert third.groups["1"] == alone[2].groups["1"] + third.births["1"] + 17 and third.births["1"] < 0


def test_without_births_and_homes_nothing_is_added() -> None:
    for one, alone in zip(
        with_effects(HISTORY, GROUPS, years=3), cohort_survival(HISTORY, GROUPS, years=3), strict=True
    ):
        assert one.groups == alone.groups and one.totals == (alone.total, 0, 0, alone.total)


ROLLS = """area,year,group,pupils
North,2025,R,60
North,2025,Year 1,58
North,2026,R,62
North,2026,1,61
South,2026,R,5
"""


@pytest.fixture
def tables(tmp_path: Path):
    """Write tables by name and say where they are."""

    def write(**texts: str) -> dict[str, Path]:
        paths = {name: tmp_path / f"{name}.csv" for name in texts}
        for name, text in texts.items():
            paths[name].write_text(text, encoding="utf-8")
        return paths

    return write


def test_tables_are_read_by_area_or_added_up(tables) -> None:
    paths = tables(
        rolls=ROLLS, births="year,births\n2019/20,80\n2020,82\n", housing="year,homes,yield\n2027,200,3.5\n"
    )
    held = read_forecast_tables(**paths)
    assert held.history[2026] == {"R": 67, "1": 61} and held.groups == ("R", "1")
    assert held.births == {2019: 80, 2020: 82} and held.homes == [Homes(2027, 200, Fraction(7, 200))]
    assert read_forecast_tables(paths["rolls"], area="north").history[2026]["R"] == 62
    with pytest.raises(MusterError, match=r"no row of the area 'West' \(it has: North, South\)"):
        read_forecast_tables(paths["rolls"], area="West")


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("rolls", "North,26,R,60", "year"),
        ("rolls", "North,2026,Z,60", "group"),
        ("rolls", "North,2026,R,many", "pupils"),
        ("births", "2020/23,80", "year"),
        ("births", "2020/21,-1", "births"),
        ("housing", "2027,200,350", "yield"),
        ("housing", "2027,half,3", "homes"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_read(tables, table, row, column) -> None:
    texts = {
        "rolls": ROLLS,
        "births": "year,births\n2019/20,80\n",
        "housing": "year,homes,yield\n2027,200,3.5\n",
    }
    texts[table] += f"{row}\n"
    held = read_forecast_tables(**tables(**texts))
    [remark] = held.remarks
    assert (remark.place.line, remark.place.column) == (texts[table].count("\n"), column)
    assert held.history[2026] == {"R": 67, "1": 61} and held.births == {2019: 80} and len(held.homes) == 1


def test_the_command_shows_each_effect(tables) -> None:
    births = "area,year,births\nNorth,2019/20,80\nNorth,2020/21,82\nNorth,2021/22,60\nSouth,2021/22,900\n"
    paths = tables(rolls=ROLLS, births=births, housing="area,year,homes,yield\nNorth,2027,200,3.5\n")
    words = (paths["rolls"], "--births", paths["births"], "--housing", paths["housing"], "--area", "North")
    [year] = muster("performance", "forecast", *words, "--years", "1", "--json").json["years"]
    assert (year["year"], year["carried_on"], year["births"], year["homes"]) == (2027, 125, -17, 14)
    assert year["together"] == 122
    said = muster("performance", "forecast", *words, "--years", "2")
    assert said.code == 0 and "2028" in said.out and "-17" in said.out and "2,028" not in said.out
    assert "--years 0 is no number" in refused("performance", "forecast", *words, "--years", "0")
