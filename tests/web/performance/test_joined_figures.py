"""Figures of several sources: pupils over teachers of two returns, and places by the register against the roll.

Birchfield (999/2001) has sent a spring census of invented pupils beside its workforce census; Ashcombe (999/4001)
has sent only the workforce census.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.catalogue import load_collection
from muster.exchange import xml_text
from muster.model import Return as LibraryReturn
from muster.sample._census_school import CensusSchool
from muster.sample._pupil import Admissions
from muster.sample.pupils import CensusSettings, census_shape, school_return
from muster_web.accounts.models import Organisation
from muster_web.performance.actions.computing import compute, differences
from muster_web.performance.models import Figure, Indicator, Quarter
from muster_web.performance.queries.parts import records_of
from muster_web.returns.actions.opening import open_round
from muster_web.returns.models import Return, Round
from tests.web.returns import world

RATIO, UNFILLED, MANY = (
    f"joined.{name}" for name in ("pupils_per_teacher", "unfilled_primary", "many_unfilled_primary")
)


@pytest.fixture(scope="module")
def census() -> LibraryReturn:
    """The spring census of a small primary school, without a mistake; everyone in it is invented."""
    shape = census_shape(CensusSettings())
    school = CensusSchool("999/2001", "Birchfield Primary School", "PS", ("R", "1"), 0.3)
    return school_return(shape, school, Admissions(shape, "999", 1))


@pytest.fixture
def pupils(census) -> int:
    """How many of its pupils are on roll."""
    return census.tables["pupils"].text["on_roll"].count("true")


@pytest.fixture
def computed(quarter, viewers, census, organisations, pupils) -> Quarter:
    """The quarter with its figures computed once Birchfield, which has 60 places too many, has sent its census."""
    today = timezone.localdate()
    round_ = Round(
        collection="school_census_spring", year=2026, phase="statutory", title="School census spring 2026",
        opens=today - timedelta(days=10), census_day=today - timedelta(days=5), closes=today + timedelta(days=20),
    )  # fmt: skip
    open_round(viewer=viewers["department.collector"], round=round_)
    school = Organisation.objects.filter(pk=organisations["birchfield"].pk)
    school.update(phase="Primary", register={"SchoolCapacity": str(pupils + 60)}, register_date="2025-07-10")
    subject = Return.objects.get(round=round_, organisation=organisations["birchfield"])
    text = xml_text(load_collection("school_census_spring"), census).encode()
    world.send(viewers, subject, text, school="birchfield")
    for name in (RATIO, UNFILLED, MANY):
        Indicator.objects.create(plan=quarter.plan, ref=name, title=name, figure=name, position=9)
    compute(quarter=quarter, by=None)
    return quarter


def figure(quarter: Quarter, name: str) -> Figure:
    """The figure of a name that was computed last."""
    return Figure.objects.filter(quarter=quarter, name=name).latest("pk")


def test_pupils_of_one_return_stand_over_teachers_of_another_in_schools_that_sent_both(
    computed, pupils
) -> None:
    one = figure(computed, RATIO)
    assert {part["ref"] for part in one.parts} == {"999/2001"}
    above, below = one.parts
    assert (above["of"], below["of"]) == ("school_census_spring.pupils_fte", "school_workforce.teachers_fte")
    ratio = Decimal(one.numerator) / Decimal(one.denominator)
    assert 0 < Decimal(one.numerator) <= pupils and abs(Decimal(one.value) - ratio) <= Decimal("0.05")
    assert "1 school left out" in one.coverage and "School workforce census 2025" in one.coverage


def test_places_are_those_of_the_register_and_no_overfull_school_fills_them(computed, pupils) -> None:
    unfilled, many = figure(computed, UNFILLED), figure(computed, MANY)
    assert (unfilled.numerator, unfilled.denominator) == ("60", str(pupils + 60))
    assert (many.numerator, many.denominator, many.value) == ("1", "1", "100.0")
    assert "the register of schools of 10 July 2025" in unfilled.parts[0]["said"]
    Organisation.objects.filter(estab="2001").update(register={"SchoolCapacity": str(pupils - 1)})
    compute(quarter=computed, by=None)
    assert figure(computed, UNFILLED).numerator == figure(computed, MANY).numerator == "0"


def test_the_records_behind_each_part_are_those_of_its_own_return(computed, pupils) -> None:
    above, below = figure(computed, RATIO).parts
    assert len(records_of(figure(computed, RATIO), above)) == pupils
    assert len(records_of(figure(computed, RATIO), below)) == 1
    places = figure(computed, UNFILLED)
    assert len(records_of(places, places.parts[0])) == pupils


def test_a_figure_of_several_sources_is_computed_again_from_the_same_data(computed) -> None:
    Organisation.objects.filter(estab="2001").update(register={"SchoolCapacity": "1"})
    assert [differences(figure(computed, name)) for name in (RATIO, UNFILLED, MANY)] == [[], [], []]
    changed = figure(computed, UNFILLED)
    changed.numerator = "1"
    assert "it was 1/" in differences(changed)[0]


def test_the_figure_leads_to_the_pupils_in_two_steps(computed, pupils, sign_in) -> None:
    client, one = sign_in("anyshire.la_officer"), figure(computed, UNFILLED)
    page = client.get(reverse("figure", args=[one.pk])).text
    below = reverse("figure_records", args=[one.pk, one.parts[0]["return"]])
    assert below in page and "an overfull school fills no place of another" in page
    assert f"Of {pupils + 60} places they leave 60 unfilled" in client.get(below).text
