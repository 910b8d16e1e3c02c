"""Derived tables of children in need hold what their titles say, on both engines."""

from __future__ import annotations

import pytest

from muster.catalogue import load_collection
from tests.rules.test_derived import assert_true_of_the_rows_that_fail

CHILDREN = load_collection("children_in_need")
FURTHER_ACTION = """
no_further_action | ?
false             | fails
FALSE             | fails
0                 | fails
true              | ok
1                 | ok
perhaps           | ok
                  | ok
"""
LAST_DAY = """
start_date    | conference_date | conference_not_required | ?
$census_start | $census_start   | false                   | ok
$census_start | $census_start   | true                    | ok
$census_start |                 | false                   | fails
$census_start |                 |                         | fails
$census_start | later           |                         | fails
$census_start |                 | true                    | ok
              |                 | false                   | ok
"""
NO_TIME = """
start_date    | conference_date | conference_not_required | ?
$census_start | $census_start   | true                    | ok
$census_start |                 | false                   | ok
$census_start |                 |                         | ok
$census_start |                 | true                    | fails
              | $census_start   | false                   | fails
"""


@pytest.mark.parametrize("year", [2022, 2026])
def test_a_referral_led_to_further_action_where_the_flag_says_so(year: int) -> None:
    question = "exists (select 1 from further_action f where f.cin_id = this.cin_id)"
    assert_true_of_the_rows_that_fail(CHILDREN, question, {"cin_details": FURTHER_ACTION}, year=year)


@pytest.mark.parametrize("year", [2022, 2026])
def test_an_enquiry_without_a_conference_lasts_to_the_end_of_the_census_year(year: int) -> None:
    question = """exists (select 1 from enquiry_periods e
                           where e.section_47_id = this.section_47_id and e.last_day = $census_end)"""
    assert_true_of_the_rows_that_fail(CHILDREN, question, {"section_47": LAST_DAY}, year=year)


@pytest.mark.parametrize("year", [2022, 2026])
def test_an_enquiry_for_which_no_conference_was_required_took_no_time(year: int) -> None:
    question = "not exists (select 1 from enquiry_periods e where e.section_47_id = this.section_47_id)"
    assert_true_of_the_rows_that_fail(CHILDREN, question, {"section_47": NO_TIME}, year=year)
