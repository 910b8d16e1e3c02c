"""The plans and reviews three councils published, read whole: their golden figures, and every defect they have.

The texts lie beside the repository; where they do not, these tests say so.  The same figures are tested without them,
from transcribed facts, in tests/unit/performance.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.command import muster

from muster.performance import Light, Measure
from muster.performance.importing import Imported, import_plan

TARGETS = ("target easier than actual", "target backwards", "target already met", "target step too big")


@pytest.fixture(scope="module")
def seeds(shared_data: Path) -> dict[str, Path]:
    """The texts by their number."""
    folder = shared_data / "seeds"
    if not folder.is_dir():
        pytest.skip("REAL DATA ABSENT: no folder 'shared/seeds'; this test checked nothing")
    return {path.name[:3]: path for path in sorted(folder.glob("*.txt"))}


@pytest.fixture(scope="module")
def plan(seeds: dict[str, Path]) -> Imported:
    """A county's plan of 2004/05, areas 5 to 8."""
    return import_plan(seeds["003"])


@pytest.fixture(scope="module")
def report(seeds: dict[str, Path]) -> Imported:
    """A borough's quarterly report to March 2009."""
    return import_plan(seeds["001"])


def measures_with(plan: Imported, words: str) -> list[Measure]:
    """The indicators whose wording holds some words."""
    return [one for one in plan.measures.measures if words in one.title]


def test_forty_indicators_are_read_with_every_value(plan: Imported) -> None:
    measures = plan.measures.measures
    assert [sum(one.ref.startswith(area) for one in measures) for area in "5678"] == [19, 5, 7, 9]
    assert {len(one.values) for one in measures} == {7}
    missing = sum(bool(value.amount.missing) for one in measures for value in one.values)
    noted = [value.amount.note for one in measures for value in one.values if value.amount.note]
    assert missing == 9 and noted.count("based on 2002/03 survey") == 3 and "based on 1999 survey" in noted
    [visits] = measures_with(plan, "Website is visited")[:1]
    assert [str(value.amount.number) for value in visits.values][:2] == ["660000.00", "1000000.0"]


def test_reduce_and_increase_say_what_is_better(plan: Imported) -> None:
    aims = {one.title: one.aim for one in plan.measures.measures}
    for title, aim in aims.items():
        assert aim is not None
        if title.startswith(("Reduce", "Increase")):
            assert (
                aim.direction == ("lower" if title.startswith("Reduce") else "higher") and not aim.suggested
            )
    assert sum(bool(aim and aim.suggested) for aim in aims.values()) == 4


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("BVPI 049", "target easier than actual"),
        ("BVPI 050", "target backwards"),
        ("foster places or placed for adoption", "target easier than actual"),
        ("annual health assessment", "target backwards"),
    ],
)
def test_odd_targets_are_told(plan: Imported, words: str, about: str) -> None:
    [measure] = measures_with(plan, words)
    assert about in {one.about for one in plan.remarks if one.place.line == measure.place.line}


def test_letters_that_occur_twice_are_told_with_their_lines(plan: Imported) -> None:
    twice = [one.text.partition(" has")[0] for one in plan.remarks if one.about == "letter twice"]
    assert twice == ["5.3.3", "6.1.1", "6.2.1", "6.3.1"]
    assert [len(plan.plan.at(level)) for level in ("area", "priority", "action", "task")] == [4, 18, 44, 208]  # type: ignore[arg-type]


def test_actions_tied_across_areas_are_linked(plan: Imported) -> None:
    links = {(node.ref, link.to) for node in plan.plan.walk() for link in node.links}
    assert {("6.3.1e", "6.4"), ("8.5.1c", "5.3.1")} <= links
    assert not [one for one in plan.remarks if one.about in ("link to nothing", "circular link")]


def test_of_43_milestones_32_are_green_and_11_red(report: Imported) -> None:
    by_objective = report.milestones.by_objective
    assert [count.total for count in by_objective.values()] == [5, 5, 4, 5, 5, 4, 4, 4, 3, 4]
    assert [count.red for count in by_objective.values()] == [0, 1, 0, 1, 3, 1, 1, 2, 1, 1]
    count = report.milestones.count
    assert (count.total, count.green, count.amber, count.red) == (43, 32, 0, 11)


def test_of_the_other_indicators_six_are_met_two_are_not_and_three_cannot_be_reported(
    report: Imported,
) -> None:
    lights: dict[Any, list[str]] = {Light.GREEN: [], Light.RED: [], Light.GREY: []}
    for row in report.measures.rows:
        lights[row.light].append(row.measure.ref.split()[-1])
    assert sorted(lights[Light.GREEN]) == ["LI11", "LI16", "LI19", "LI20", "LI4", "LI5"]
    assert lights[Light.RED] == ["LI8", "Ll21"] and lights[Light.GREY] == ["LI13", "LI2", "198"]


def test_the_two_lights_that_follow_from_the_year_are_told(report: Imported) -> None:
    differing = [one.text.split()[1] for one in report.remarks if one.about == "light differs"]
    assert differing == ["LI16", "LI5"]


def test_the_money_of_the_review_adds_up(seeds: dict[str, Path]) -> None:
    review = import_plan(seeds["004"])
    blocks = review.money.blocks.values()
    assert [(int(block.sum), block.total) for block in blocks] == [(1346, 1346), (480, 480), (255, 255)]
    assert [str(row.total) for row in review.money.blocks["Budget ('000s)"].rows] == [
        "127",
        "1054",
        "118",
        "22",
        "25",
    ]
    assert len(review.plan.at("action")) == 16 and not review.remarks


def test_every_defect_of_the_drafts_is_found(seeds: dict[str, Path]) -> None:
    found = {
        number: {
            one["about"] for one in muster("performance", "draft", seeds[number], "--json").json["defects"]
        }
        for number in ("000", "001", "003")
    }
    assert found["000"] == {"impossible date"}
    assert found["001"] == {
        "repeated paragraph", "section twice", "impossible date", "empty section", "missing heading", "missing entry",
        "wrong cross-reference",
    }  # fmt: skip
    assert "letter twice" in found["003"]


def test_the_command_says_what_a_plan_holds_and_ends_with_1_where_something_is_odd(
    seeds: dict[str, Path],
) -> None:
    said = muster("performance", "plan", seeds["003"])
    assert said.code == 1
    assert "4 areas, 18 priorities, 44 actions, 208 tasks, 2 sub-tasks, 40 indicators" in said.first_line
    assert muster("performance", "plan", seeds["004"]).code == 0
