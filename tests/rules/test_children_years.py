"""A published rule of the children in need census is in force in its years, and changes in the year it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.test_reference_children import CHILDREN, all_answers, reference_rows, rules_named

# 2022 is read with the rules of 2022/23, the first that were seen.
FIRST = 2023
CHANGED_BY_CODES_ALONE = {"1530", "4180"}


def closing_year(school_year: str) -> int:
    """The collection year of 2024/25, or of '<=2022/23', which is the first."""
    return int(school_year.removeprefix("<=")[:4]) + 1


def test_every_written_rule_answers_for_a_published_one() -> None:
    named = {id_ for ids in all_answers().values() for id_ in ids}
    assert {rule.id for rule in CHILDREN.rules if not rule.check} - named == set()


def test_a_published_rule_is_in_force_from_its_first_year_on(shared_data: Path) -> None:
    for row, about in reference_rows(shared_data).items():
        first = closing_year(about["introduced"])
        rules = rules_named(all_answers()[row])
        in_force = {year for rule in rules for year in rule.years.among(CHILDREN.years)}
        assert in_force == {y for y in CHILDREN.years if y >= first or first == FIRST}, about["code"]


def test_a_rule_whose_test_changed_has_a_version_from_that_year(shared_data: Path) -> None:
    for row, about in reference_rows(shared_data).items():
        if about["changed"] and about["code"] not in CHANGED_BY_CODES_ALONE:
            rules = rules_named(all_answers()[row])
            assert closing_year(about["changed"]) in {rule.years.among(CHILDREN.years)[0] for rule in rules}


@pytest.mark.parametrize(("code_set", "code", "first"), [("upn_authority", "942", 2024), ("sex", "U", 2025)])
def test_a_rule_changed_by_its_codes_alone_has_them_from_that_year(
    code_set: str, code: str, first: int
) -> None:
    years = [year for year in CHILDREN.years if code in CHILDREN.code_sets[code_set].in_force(year)]
    assert years == [year for year in CHILDREN.years if year >= first]
