"""A concern is looked at again every six months while it stands; of a school that has closed no visit is noted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.model.days import months_on
from muster_web.accounts.models import Succession
from muster_web.audit.models import AuditEvent
from muster_web.schools.actions.noting import end_concern, write_note
from muster_web.schools.models import Note, Review
from muster_web.schools.queries.concerns import due_for_review

SCHOOL, OFFICER, STRANGER = "ashcombe.head", "anyshire.la_officer", "otherby.la_officer"
TODAY = timezone.localdate()


@pytest.fixture
def school(organisations):
    return organisations["ashcombe"]


@pytest.fixture
def concern(school, viewers) -> Note:
    """A concern that should have been looked at yesterday."""
    on = months_on(TODAY, -6) - timedelta(days=4)
    note = Note(school=school, kind="concern", title="Falling roll", text="Two years.", shared=True, on=on)
    return write_note(viewer=viewers[OFFICER], note=note)


@pytest.fixture
def address(concern) -> str:
    return reverse("review_concern", args=[concern.pk])


def a_review(on: date = TODAY, text: str = "Twelve more have come.") -> dict[str, str]:
    return {"text": text, "on_day": f"{on.day}", "on_month": f"{on.month}", "on_year": f"{on.year}"}


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("on", "reviewed", "due"),
    [(date(2025, 8, 31), None, date(2026, 2, 28)), (date(2025, 3, 1), date(2025, 9, 5), date(2026, 3, 5))],
)
def test_a_review_is_due_six_months_after_the_last_or_after_the_concern(on, reviewed, due) -> None:
    assert due_for_review(Note(on=on, reviewed=reviewed)) == due


def test_a_review_that_is_overdue_is_listed_shown_early_and_recorded(sign_in, school, address) -> None:
    file = reverse("school", args=[school.pk])
    said = text_of(sign_in(OFFICER).get(reverse("concerns")))
    assert "1 review overdue" in said and "Falling roll" in said and "Overdue" in said
    assert "Concerns (1 review overdue)" in text_of(sign_in(OFFICER).get(reverse("schools")))
    assert "A concern is due for review: Falling roll, by" in text_of(sign_in(SCHOOL).get(file))
    assert "Two years." in text_of(sign_in(OFFICER).get(address))
    assert sign_in(OFFICER).post(address, a_review()).status_code == 302
    assert "0 reviews overdue" in text_of(sign_in(OFFICER).get(reverse("concerns")))
    said = text_of(sign_in(SCHOOL).get(file))
    assert "is due for review" not in said and "Twelve more have come." in said
    assert AuditEvent.objects.filter(name="school_concern_reviewed").count() == 1


def test_concerns_and_their_reviews_are_for_their_own_authority(client, sign_in, concern, address) -> None:
    assert client.get(reverse("concerns")).status_code == client.get(address).status_code == 302
    assert sign_in(SCHOOL).get(reverse("concerns")).status_code == 403
    assert sign_in(SCHOOL).post(address, a_review()).status_code == 403
    assert sign_in(STRANGER).post(address, a_review()).status_code == 404
    assert "None stands" in text_of(sign_in(STRANGER).get(reverse("concerns")))


@pytest.mark.parametrize(
    ("sent", "why"),
    [(a_review(text=""), "There is a problem"), (a_review(TODAY + timedelta(days=1)), "lies in the future"),
     (a_review(months_on(TODAY, -7)), "give a day since then")],
)  # fmt: skip
def test_a_review_that_cannot_be_is_refused(sign_in, address, sent, why) -> None:
    answer = sign_in(OFFICER).post(address, sent)
    assert answer.status_code == 400 and why in text_of(answer) and not Review.objects.exists()


def test_what_is_over_is_not_reviewed(sign_in, viewers, concern, address) -> None:
    end_concern(viewer=viewers[OFFICER], note=concern)
    answer = sign_in(OFFICER).post(address, a_review())
    assert answer.status_code == 400 and "no concern that still stands" in text_of(answer)


def test_a_visit_to_a_school_that_had_closed_is_refused_with_the_day_and_what_came_after(
    sign_in, school, organisations
) -> None:
    Succession.objects.create(predecessor=school, successor=organisations["dunmere"], kind="Successor")
    school.closed = date(2024, 8, 31)
    school.save()
    visit = {"kind": "visit", "title": "A visit", "minutes": "0", **a_review(date(2024, 9, 1))}
    answer = sign_in(OFFICER).post(reverse("school_note", args=[school.pk]), visit)
    said = text_of(answer)
    assert answer.status_code == 400 and not Note.objects.exists()
    assert "closed on 31 August 2024 and was followed by Dunmere School" in said
    visit |= a_review(date(2024, 8, 30))
    assert sign_in(OFFICER).post(reverse("school_note", args=[school.pk]), visit).status_code == 302
