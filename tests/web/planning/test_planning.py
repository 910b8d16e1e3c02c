"""Funding and places on the rolls of the service: exact, with sources, nothing set off, and what is not known named."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from muster_web.accounts.models import Organisation
from tests.web.planning.conftest import counted_census

OFFICER, SCHOOL = "anyshire.la_officer", "ashcombe.head"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("name", ["funding", "places", "courses"])
def test_planning_is_for_officers_and_courses_for_schools_too(sign_in, client, db, name) -> None:
    assert client.get(reverse(name)).status_code == 302
    assert sign_in(SCHOOL).get(reverse(name)).status_code == (200 if name == "courses" else 403)
    assert sign_in("department.collector").get(reverse(name)).status_code == 403


# -- funding -----------------------------------------------------------------------------------------------


def test_a_sum_is_shared_out_to_the_penny_by_full_time_equivalents(sign_in, rolls) -> None:
    asked = {"total": "185000", "lump": "40", "other": "100", "as": "csv"}
    answer = sign_in(OFFICER).get(reverse("funding"), asked)
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    # 40% equally: 37,000 each; 60% by 110 and 181 - 6/2 = 178 pupils: 111,000 x 110/288 and x 178/288
    assert [(row["Name"], row["Pupils"], row["Amount"], row["Otherwise"]) for row in found] == [
        ("Birchfield Primary School", "110", "79395.83", "92500"),
        ("Ashcombe School", "178", "105604.17", "92500"),
    ]
    assert "School census, spring 2026, return" in found[1]["Pupils from"]


def test_the_page_has_averages_by_phase_and_the_difference(sign_in, rolls) -> None:
    said = text_of(
        sign_in(OFFICER).get(reverse("funding"), {"total": "185000", "lump": "40", "other": "100"})
    )
    assert "£79,395.83" in said and "-13,104.17" in said and "Secondary" in said and "£185,000.00" in said


@pytest.mark.parametrize(
    "asked", [{"total": "-1", "lump": "40"}, {"total": "10.005", "lump": "40"}, {"total": "1", "lump": "140"},
              {"total": "x", "lump": ""}]
)  # fmt: skip
def test_no_sum_or_percentage_is_refused(sign_in, rolls, asked) -> None:
    answer = sign_in(OFFICER).get(reverse("funding"), asked)
    assert answer.status_code == 400 and "There is a problem" in text_of(answer)


def test_where_no_roll_is_known_that_is_said(sign_in, organisations) -> None:
    answer = sign_in(OFFICER).get(reverse("funding"), {"total": "1", "lump": "40"})
    assert answer.status_code == 400 and "there is no school to share the sum out to" in text_of(answer)


# -- places ------------------------------------------------------------------------------------------------


def test_unfilled_places_are_not_set_off_against_a_full_school(sign_in, rolls) -> None:
    said = text_of(sign_in(OFFICER).get(reverse("places")))
    assert "59" in said and "24.6%" in said  # 240 places, 181 pupils
    assert "0.0%" in said  # 100 places, 110 pupils: none unfilled, 10 more
    assert "Of 1 school with a figure for every year group" in said
    for pupils in ("186", "2027, forecast", "2031, forecast"):
        assert pupils in said


def test_a_school_of_which_something_is_not_known_is_named(sign_in, rolls) -> None:
    Organisation.objects.filter(pk=rolls["birchfield"].pk).update(register={})
    said = text_of(sign_in(OFFICER).get(reverse("places")))
    assert "Left out, as their places or their pupils are not known" in said and "Birchfield" in said


def test_one_year_alone_gives_no_forecast(sign_in, organisations) -> None:
    counted_census(organisations["ashcombe"], 2026, {"R": 30})
    assert "needs the rolls of two years that follow each other" in text_of(
        sign_in(OFFICER).get(reverse("places"))
    )


def test_births_and_homes_change_the_outlook_and_each_effect_stands_apart(sign_in, rolls) -> None:
    asked = {"births": "2019/20 80\n2020/21 82\n2021/22 60", "homes": "2027 200 3.5"}
    said = text_of(sign_in(OFFICER).get(reverse("places"), asked))
    # 60 of 80 and 62 of 82 came; of 60 born 45.2 will, where 62 were carried on; 200 homes give 7 to each of 3 groups
    assert "What births and homes change" in said
    for cell in ("-17", "21", "190"):
        assert f'--numeric">{cell}</td>' in said
    assert "-17" not in text_of(sign_in(OFFICER).get(reverse("places")))


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"births": "2020/22 80"}, "is not a school year of births"),
        ({"births": "", "homes": "2027 200 3.5\n2028 x"}, "line 2: write a year, homes and pupils"),
        ({"births": "2030/31 60"}, "births cannot be used"),
    ],
)
def test_what_cannot_be_assumed_is_named_and_the_outlook_without_it_stays(sign_in, rolls, asked, why) -> None:
    answer = sign_in(OFFICER).get(reverse("places"), asked)
    said = text_of(answer)
    assert answer.status_code == 400 and why in said and "2031, forecast" in said


def test_another_authority_sees_nothing_of_it(sign_in, rolls) -> None:
    for name in ("places", "funding"):
        assert "Ashcombe" not in text_of(sign_in("otherby.la_officer").get(reverse(name)))
