"""Consultations and surveys: asked, answered school by school, never without their coverage, and fed back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.model import MusterError
from muster_web.audit.models import AuditEvent
from muster_web.planning.actions.consulting import give_feedback, open_consultation, reply
from muster_web.planning.models import Consultation, Reply

OFFICER, SCHOOL, OTHER, STRANGER = (
    "anyshire.la_officer",
    "ashcombe.head",
    "birchfield.preparer",
    "dunmere.head",
)
TODAY = timezone.localdate


@pytest.fixture
def survey(viewers) -> Consultation:
    """A major consultation of Anyshire that asks for a rating, open for a month."""
    made = Consultation(
        title="Help with data", about="How good is our help?", closes=TODAY() + timedelta(days=30), rated=True,
        major=True,
    )  # fmt: skip
    return open_consultation(viewer=viewers[OFFICER], consultation=made)


@pytest.fixture
def address(survey) -> str:
    """Where the survey is."""
    return reverse("consultation", args=[survey.pk])


def text_of(answer) -> str:
    return answer.content.decode()


def sent(**changed: str) -> dict[str, str]:
    """A consultation as the form sends it."""
    day = TODAY() + timedelta(days=30)
    closes = {"closes_day": str(day.day), "closes_month": str(day.month), "closes_year": str(day.year)}
    return {"title": "Admissions 2028", "about": "The new areas.", **closes, **changed}


def test_an_officer_asks_and_schools_see_it(sign_in) -> None:
    assert sign_in(OFFICER).get(reverse("new_consultation")).status_code == 200
    assert sign_in(OFFICER).post(reverse("new_consultation"), sent()).status_code == 302
    for who, seen in ((SCHOOL, True), (STRANGER, False)):
        assert ("Admissions 2028" in text_of(sign_in(who).get(reverse("consultations")))) is seen


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"about": ""}, {"closes_year": "2001"}, {"closes_day": "32"}]
)
def test_what_cannot_be_asked_is_refused(sign_in, wrong) -> None:
    assert sign_in(OFFICER).post(reverse("new_consultation"), sent(**wrong)).status_code == 400
    assert not Consultation.objects.exists()


def test_answers_are_counted_with_their_coverage_and_read_by_the_authority_alone(sign_in, address) -> None:
    assert sign_in(SCHOOL).post(address, {"rating": "2", "text": "Quick and kind."}).status_code == 302
    assert sign_in(SCHOOL).post(address, {"rating": "1", "text": "Quicker still."}).status_code == 302
    assert sign_in(OTHER).post(address, {"rating": "4", "text": ""}).status_code == 302
    assert Reply.objects.count() == 2
    said = text_of(sign_in(OFFICER).get(address))
    assert (
        "2 of 3 schools answered (67%)" in said
        and "1 of the 2 that rated it" in said
        and "Quicker still." in said
    )
    other = text_of(sign_in(OTHER).get(address))
    assert "2 of 3 schools answered" in other and "Quicker still." not in other
    assert "2 of 3 (67%)" in text_of(sign_in(OFFICER).get(reverse("consultations")))


@pytest.mark.parametrize(
    "wrong", [{"rating": "", "text": "x"}, {"rating": "9", "text": "x"}, {"rating": "x"}]
)
def test_an_answer_without_the_rating_asked_for_is_refused(sign_in, address, wrong) -> None:
    assert sign_in(SCHOOL).post(address, wrong).status_code == 400 and not Reply.objects.exists()


def test_feedback_is_given_and_counted_of_major_consultations(sign_in, address) -> None:
    assert "Feedback was given on 0 of 1 major" in text_of(sign_in(OFFICER).get(reverse("consultations")))
    assert sign_in(OFFICER).post(address, {"feedback": ""}).status_code == 400
    assert (
        sign_in(OFFICER).post(address, {"feedback": "You asked for mornings; so it is."}).status_code == 302
    )
    assert "You asked for mornings" in text_of(sign_in(SCHOOL).get(address))
    assert "Feedback was given on 1 of 1 major" in text_of(sign_in(OFFICER).get(reverse("consultations")))
    assert AuditEvent.objects.filter(name="consultation_feedback_given").count() == 1


def test_what_is_closed_or_of_elsewhere_is_not_answered(sign_in, address, survey, viewers, client) -> None:
    assert (
        client.get(address).status_code == 302 and client.get(reverse("new_consultation")).status_code == 302
    )
    assert client.get(reverse("consultations")).status_code == 302
    assert sign_in(STRANGER).post(address, {"rating": "1"}).status_code == 404
    assert sign_in("department.collector").get(address).status_code == 403
    assert sign_in(SCHOOL).get(reverse("new_consultation")).status_code == 403
    asked = Consultation(title="x", closes=TODAY())
    for act in (
        lambda v: reply(viewer=v, consultation=survey, rating=1, text=""),
        lambda v: give_feedback(viewer=v, consultation=survey, text="x"),
        lambda v: open_consultation(viewer=v, consultation=asked),
    ):
        with pytest.raises(MusterError):
            act(viewers[STRANGER])
    survey.opens, survey.closes = TODAY() - timedelta(days=9), TODAY() - timedelta(days=1)
    survey.save()
    answer = sign_in(SCHOOL).post(address, {"rating": "1"})
    assert answer.status_code == 400 and "not open" in text_of(answer)
