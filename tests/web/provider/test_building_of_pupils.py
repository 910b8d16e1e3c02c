"""A school census made here from the lists a school's system exports: no payroll, nothing to join, nothing to key.

spring round 2026 ── one list of two schools ── Ashcombe's return with its own pupil, each value with heading and row
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from muster_web.returns.actions.opening import open_round
from muster_web.returns.models import Build, Part, Return, Round
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
HEADINGS = (
    "Arbor Student ID,School,UPN,Legal Last Name,Legal First Name,Date of Birth,SEN status,Primary SEN Need"
)
ANN = "7,{ref},H820200115001,Smith,Ann,29/12/2012,SEN Support,SLCN"
BO = "8,999/2998,T820200115002,Jones,Bo,01/02/2012,No SEN,"


def opened(collector, collection: str, **about: object) -> Round:
    today = timezone.localdate()
    round = Round(
        collection=collection, year=2026, title=collection, opens=today, census_day=today,
        closes=today + timedelta(days=20), **about,
    )  # fmt: skip
    open_round(viewer=collector, round=round)
    return round


@pytest.fixture
def spring(viewers, organisations) -> Return:
    """Ashcombe's return of the spring census."""
    round = opened(viewers["department.collector"], "school_census_spring")
    return Return.objects.get(round=round, organisation=organisations["ashcombe"])


def send(client, subject: Return, *lines: str):
    """Send a list of pupils through the page."""
    content = "\n".join([HEADINGS, *lines, ""]).encode()
    told = {"file": SimpleUploadedFile("pupils.csv", content)}
    return client.post(reverse("build", args=[subject.pk]), told)


def test_a_list_of_pupils_becomes_a_checked_return_of_this_school_alone(sign_in, spring) -> None:
    client = sign_in("ashcombe.preparer")
    assert send(client, spring, ANN.format(ref=spring.organisation.ref), BO).status_code == 302
    client.post(reverse("build_now", args=[spring.pk]))
    subject, build = world.now(spring), Build.objects.get()
    assert subject.current is not None and build.shared == ["pupils.csv"]
    assert Part.objects.get().kind == "mis"
    page = client.get(reverse("build", args=[spring.pk])).content.decode()
    assert "Where is the file from?" not in page and "to key" not in page and "Jones" not in str(build.told)


def test_each_value_shows_its_heading_and_row(sign_in, spring) -> None:
    client = sign_in("ashcombe.preparer")
    send(client, spring, ANN.format(ref=spring.organisation.ref))
    client.post(reverse("build_now", args=[spring.pk]))
    came = {words for values in Build.objects.get().came.values() for words in values.values()}
    assert "mis: pupils.csv, UPN, row 2" in came


def test_a_list_with_other_headings_is_refused_with_those_looked_for(sign_in, spring) -> None:
    client = sign_in("ashcombe.preparer")
    client.post(
        reverse("build", args=[spring.pk]), {"file": SimpleUploadedFile("list.csv", b"Colour,Size\nred,2\n")}
    )
    answer = client.post(reverse("build_now", args=[spring.pk]))
    assert answer.status_code == 403 and "No mapping fits these headings" in answer.content.decode()


def test_a_list_of_another_school_makes_nothing(sign_in, spring) -> None:
    client = sign_in("ashcombe.preparer")
    send(client, spring, BO)
    told = client.post(reverse("build_now", args=[spring.pk])).content.decode()
    assert "holds no record" in told or "No file gave any pupil" in told
    assert world.now(spring).current is None


def test_a_return_that_no_export_makes_is_loaded_as_it_is(viewers, sign_in) -> None:
    round = opened(viewers["department.collector"], "looked_after", source_level="authority", sign_off=False)
    subject = Return.objects.get(round=round, organisation__la_code="999")
    client = sign_in("anyshire.la_officer")
    answer = client.get(reverse("build", args=[subject.pk]))
    assert answer.status_code == 403 and "It comes as one file" in answer.content.decode()
    assert (
        "build the return here" not in client.get(reverse("return_page", args=[subject.pk])).content.decode()
    )
