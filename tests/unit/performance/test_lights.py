"""Lights by rule, and the counts of the Halton report of March 2009 transcribed as facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from muster.model import MusterError
from muster.performance import (
    Aim,
    Count,
    Light,
    Lit,
    Measure,
    Period,
    Value,
    count_lights,
    grey,
    milestone,
    overridden,
    read_amount,
    to_date,
    tolerance,
    two_light,
)

YEAR_END = date(2009, 3, 31)
# Objective, how many milestones, how many of them not met: the golden figures of the report's appendix 1.
OBJECTIVES = [
    ("BSC 1", 5, 0), ("BSC 2", 5, 1), ("BSC 3", 4, 0), ("BSC 4", 5, 1), ("BSC 5", 5, 3), ("BSC 6", 4, 1),
    ("BSC 7", 4, 1), ("BSC 8", 4, 2), ("BSC 9", 3, 1), ("BSC 10", 4, 1),
]  # fmt: skip
# The other indicators of its appendix 3: target, value, aim, quarters where the target is of a year.  The first three
# quarters of LI16 and LI5 are invented; the report gives the fourth, and says that the year's target was met.
OTHER = {
    "LI13": ("N/A", "N/A", "lower", ()),
    "LI16": ("175", "75", "higher", ("40", "35", "50", "75")),
    "LI11": ("3.0", "3.0", "higher", ()),
    "LI19": ("100%", "100%", "higher", ()),
    "LI20": ("100%", "100%", "higher", ()),
    "LI8": ("100%", "75%", "higher", ()),
    "LI21": ("4", "0", "higher", ()),
    "LI5": ("300", "78", "higher", ("70", "80", "82", "78")),
    "LI2": ("400", "N/A", "higher", ()),
    "LI4": ("100%", "100%", "higher", ()),
    "NI 198": ("N/A", "N/A", "lower", ()),
}


def lights_of(milestones: int, missed: int) -> list[Light]:
    """The lights of an objective's milestones, all due by the end of the year."""
    done = [milestone(YEAR_END, YEAR_END, done_on=YEAR_END) for _ in range(milestones - missed)]
    return [lit.light for lit in [*done, *(milestone(YEAR_END, YEAR_END) for _ in range(missed))]]


def light_of_other(ref: str) -> Light:
    """The light of an indicator by the scheme of two lights, on its year where its quarters add up."""
    target, value, direction, quarters = OTHER[ref]
    if read_amount(value).number is None:
        return grey("no figure").light
    values = tuple(
        Value("actual", Period(2008, "quarter", part), read_amount(text))
        for part, text in enumerate(quarters, 1)
    )
    total = to_date(Measure(ref, "", adding="sum", values=values), Period(2008, "quarter", 4)).total
    reached = total if quarters else read_amount(value).number
    assert reached is not None
    return two_light(reached, read_amount(target), Aim(direction)).light  # type: ignore[arg-type]


def test_the_milestones_are_43_of_which_32_are_green_and_11_red() -> None:
    counts = [count_lights(lights_of(milestones, missed)) for _, milestones, missed in OBJECTIVES]
    assert [count.total for count in counts] == [5, 5, 4, 5, 5, 4, 4, 4, 3, 4]
    whole = sum(counts, Count())
    assert (whole.total, whole.green, whole.amber, whole.red) == (43, 32, 0, 11)


def test_of_the_other_indicators_six_are_met_two_are_not_and_three_cannot_be_reported() -> None:
    lights = {ref: light_of_other(ref) for ref in OTHER}
    count = count_lights(lights.values())
    assert (count.green, count.red, count.grey) == (6, 2, 3)
    assert [ref for ref, light in lights.items() if light is Light.RED] == ["LI8", "LI21"]
    assert [ref for ref, light in lights.items() if light is Light.GREY] == ["LI13", "LI2", "NI 198"]


@pytest.mark.parametrize("ref", ["LI16", "LI5"])
def test_a_yearly_target_is_met_by_the_year_and_not_by_its_last_quarter(ref: str) -> None:
    target, quarter, *_ = OTHER[ref]
    last = Decimal(quarter)
    assert light_of_other(ref) is Light.GREEN
    assert two_light(last, read_amount(target), Aim("higher")).light is Light.RED


def test_of_seven_key_indicators_six_are_met_and_one_cannot_be_reported() -> None:
    count = count_lights([Light.GREEN] * 6 + [grey("the new system is only now in place").light])
    assert (count.total, count.green, count.grey, count.share_met) == (7, 6, 1, 100)


def test_what_cannot_be_reported_is_in_no_percentage() -> None:
    assert count_lights([Light.GREEN, Light.RED, Light.GREY, Light.GREY, Light.NONE]).share_met == 50
    assert count_lights([Light.GREY]).share_met is None


@pytest.mark.parametrize(
    ("value", "last_year", "light"),
    [
        ("100", None, "green"),
        ("95", None, "green"),
        ("94", "90", "amber"),
        ("94", "95", "red"),
        ("94", None, "red"),
    ],
)
def test_with_a_tolerance_what_is_near_is_green_and_what_is_better_than_last_year_amber(
    value: str, last_year: str | None, light: str
) -> None:
    before = Decimal(last_year) if last_year else None
    lit = tolerance(Decimal(value), read_amount("100"), Aim("higher"), percent=Decimal(5), last_year=before)
    assert lit.light == light


@pytest.mark.parametrize(("value", "light"), [("50", "green"), ("49", "red"), ("60", "green")])
def test_a_range_is_met_from_its_easier_end_on(value: str, light: str) -> None:
    assert two_light(Decimal(value), read_amount("50-55%"), Aim("higher")).light == light


def test_a_figure_wanted_within_a_band_may_miss_it_on_either_side() -> None:
    band = Aim("band", low=Decimal(4), high=Decimal(6))
    lights = [two_light(Decimal(n), read_amount("5"), band).light for n in (3, 4, 6, 7)]
    assert lights == ["red", "green", "green", "red"]


def test_a_milestone_that_is_not_due_shows_what_its_owner_says() -> None:
    before = date(2008, 12, 31)
    assert milestone(YEAR_END, before).light is Light.NONE
    assert milestone(YEAR_END, before, owner_says=Light.AMBER).light is Light.AMBER
    assert milestone(before, before, done_on=YEAR_END).light is Light.RED
    with pytest.raises(MusterError, match="amber or nothing"):
        milestone(YEAR_END, before, owner_says=Light.GREEN)


def test_a_light_set_against_the_rule_shows_the_rule_and_the_reason() -> None:
    lit = overridden(Lit(Light.RED, "3 misses 4"), Light.GREEN, "the fourth closed")
    assert lit.overridden and lit.ruled is Light.RED and lit.reason == "the fourth closed"
    with pytest.raises(MusterError, match="needs a reason"):
        overridden(Lit(Light.RED, ""), Light.GREEN, " ")


def test_grey_and_a_missing_target_need_a_reason() -> None:
    with pytest.raises(MusterError, match="needs a reason"):
        grey("")
    with pytest.raises(MusterError, match="no target"):
        two_light(Decimal(3), read_amount("n/a"), Aim("higher"))


def test_every_light_has_a_word_and_a_shape_of_its_own() -> None:
    assert len({light.word for light in Light}) == len({light.shape for light in Light}) == len(Light)
