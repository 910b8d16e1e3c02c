"""The truth behind the demo follows every rule of its year, so that whatever is found was planted."""

from __future__ import annotations

from collections import Counter

import pytest

from muster.model import Collection, Return
from muster.sample._anyshire import Truth, invent_authority
from muster.sample._returns import one_return
from muster.sample._shape import YearShape
from muster.validate import check

PHASES = {"Nursery", "Primary", "Secondary", "All-through", "Special", "PRU"}
# Of these years one rule each asks for what is rightly missing: a school without vacancies in 2016,
# an unqualified teacher without a number in 2017.
ASKED = {2016: {"7240Q"}, 2017: {"4100Q"}}


def truth_of(collection: Collection, year: int, *, schools: int = 20, odd: bool = False) -> Truth:
    return invent_authority(YearShape(collection, year), seed=7, schools=schools, odd=odd)


def returns_of(truth: Truth) -> list[Return]:
    about = truth.about_schools
    return [one_return(truth.shape, ref, truth.at(ref), about[ref]) for ref in about]


@pytest.mark.parametrize("year", range(2010, 2026))
def test_a_truthful_authority_has_nothing_to_correct_or_explain(collection: Collection, year: int) -> None:
    result = check(collection, year, returns_of(truth_of(collection, year)))
    found = {
        finding.code: finding.message
        for finding in result.findings
        if finding.code not in ASKED.get(year, ())
    }
    assert found == {}


def test_oddities_are_true_and_still_questioned(collection: Collection) -> None:
    truth = truth_of(collection, 2025, odd=True)
    codes = Counter(finding.code for finding in check(collection, 2025, returns_of(truth)).findings)
    assert {one.defect for one in truth.oddities} >= {"head post vacant", "no SEN co-ordinator", "namesakes"}
    assert {"6540Q", "6550Q", "4210Q"} <= set(codes)


@pytest.mark.parametrize("year", [2013, 2025])
def test_no_item_is_held_that_the_year_does_not_collect(collection: Collection, year: int) -> None:
    truth = truth_of(collection, year)
    for return_ in returns_of(truth):
        for name, rows in return_.tables.items():
            held = {item for item, texts in rows.text.items() if any(text is not None for text in texts)}
            assert held <= truth.shape.collected[name]


def test_2013_has_points_and_the_old_codes_and_2025_has_not(collection: Collection) -> None:
    then, now = truth_of(collection, 2013), truth_of(collection, 2025)
    assert {person.details["sex"] for person in then.people} == {"1", "2"}
    assert {person.details["sex"] for person in now.people} == {"M", "F"}
    posts = [
        {job.contract["post"] for person in truth.people for job in person.jobs} for truth in (then, now)
    ]
    assert posts[0] >= {"TCH", "SUP"} and posts[1] >= {"TCM", "TCU", "OSP", "SBP"}
    points = {job.payment.get("spine_point") for person in then.people for job in person.jobs}
    assert points >= {"M1", "M6", "U3"}
    assert not any("spine_point" in job.payment for person in now.people for job in person.jobs)


def test_base_pay_of_2013_is_the_value_of_the_point_for_the_hours_worked(collection: Collection) -> None:
    for person in truth_of(collection, 2013).people:
        for job in person.jobs:
            if job.payment.get("spine_point") == "M6" and job.hours["weeks_per_year"] == "52":
                share = float(job.hours["hours_per_week"]) / float(job.hours["fte_hours"])
                assert float(job.payment["base_pay"]) == pytest.approx(31_868 * share, abs=0.01)


def test_there_is_every_phase_a_federation_two_academies_and_central_staff(collection: Collection) -> None:
    truth = truth_of(collection, 2025, schools=60)
    assert {school.phase for school in truth.schools} == PHASES
    assert len([school for school in truth.schools if school.federation]) == 3
    assert len([school for school in truth.schools if school.academy]) == 2
    assert len(truth.schools) == 60 and len({school.ref for school in truth.schools}) == 60
    assert len(list(truth.at("999"))) > 20
    assert truth.records("999", "educational_psychologists")


def test_about_three_thousand_people_work_there_and_some_at_two_schools(collection: Collection) -> None:
    truth = truth_of(collection, 2025, schools=60)
    assert 2_700 < len(truth.people) < 3_600
    assert 10 < sum(len(person.schools()) > 1 for person in truth.people) < 60
    assert Counter(person.category for person in truth.people).keys() == {1, 2, 3, 4}


def test_a_school_is_the_same_whichever_other_schools_there_are(collection: Collection) -> None:
    few, many = truth_of(collection, 2025, schools=8), truth_of(collection, 2025, schools=20)
    names = [
        [person.details["family_name"] for person in truth.people if person.school == "999/1001"]
        for truth in (few, many)
    ]
    assert names[0] == names[1] and len(names[0]) > 5
