"""The cohort-survival forecast: each year group carried on by ratios of sums, exact until it is rounded once.

year   R    1    2          R to 1: (58+61)/(60+60)   1 to 2: (57+58)/(58+58)
2024   60   58   57
2025   60   58   57
2026   62   61   58
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model import MusterError
from muster.performance.forecast import cohort_survival, survival

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
    [one] = cohort_survival(HISTORY, GROUPS, years=1, intake={2027: 45})
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
