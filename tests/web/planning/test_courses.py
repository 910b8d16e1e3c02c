"""Courses: offered with what they cost, booked in the order of asking, attended, and traced school by school."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.model import MusterError
from muster_web.audit.models import AuditEvent
from muster_web.planning.actions.training import book, cancel_booking, note_attendance, offer_course
from muster_web.planning.models import Booking, Course

OFFICER, SCHOOL, OTHER, STRANGER = (
    "anyshire.la_officer",
    "ashcombe.head",
    "birchfield.preparer",
    "dunmere.head",
)
TODAY = timezone.localdate


def sent(**changed: str) -> dict[str, str]:
    """A course as the form sends it."""
    day = TODAY() + timedelta(days=30)
    return {
        "title": "Phonics for all", "theme": "reading and writing", "on_day": str(day.day), "on_month": str(day.month),
        "on_year": str(day.year), "places": "10", "fixed": "450", "each": "12.50", "price": "75", **changed,
    }  # fmt: skip


@pytest.fixture
def course(viewers) -> Course:
    """A course of Anyshire in a month, with ten places."""
    made = Course(
        title="Phonics for all", theme="reading and writing", on=TODAY() + timedelta(days=30), places=10,
        fixed=Decimal("450.00"), each=Decimal("12.50"), price=Decimal("75.00"),
    )  # fmt: skip
    return offer_course(viewer=viewers[OFFICER], course=made)


def past(course: Course) -> Course:
    """The same course, when its day has gone by."""
    course.on = TODAY() - timedelta(days=1)
    course.save()
    return course


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_course_is_offered_and_says_at_how_many_seats_and_which_price_it_pays(sign_in) -> None:
    assert sign_in(OFFICER).get(reverse("new_course")).status_code == 200
    assert sign_in(OFFICER).post(reverse("new_course"), sent()).status_code == 302
    made = Course.objects.get()
    said = text_of(sign_in(OFFICER).get(reverse("course", args=[made.pk])))
    assert "at 8 seats" in said and "£57.50 with every place sold" in said and "Lost now" in said
    for who in (SCHOOL, OTHER):
        said = text_of(sign_in(who).get(reverse("course", args=[made.pk])))
        assert "£75.00" in said and "Breaks even" not in said
    assert "Phonics for all" in text_of(sign_in(SCHOOL).get(reverse("courses")))


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"places": "0"}, {"fixed": "-1"}, {"on_year": "2001"}, {"theme": "astrology"}]
)
def test_a_course_that_cannot_be_is_refused(sign_in, wrong) -> None:
    assert sign_in(OFFICER).post(reverse("new_course"), sent(**wrong)).status_code == 400
    assert not Course.objects.exists()


def test_schools_book_and_who_waits_moves_up_when_seats_come_back(sign_in, course, viewers) -> None:
    address = reverse("course", args=[course.pk])
    assert sign_in(SCHOOL).post(address, {"seats": "8"}).status_code == 302
    assert sign_in(OTHER).post(address, {"seats": "3"}).status_code == 302
    first, second = Booking.objects.order_by("pk")
    assert (first.state, second.state) == ("booked", "waiting")
    said = text_of(sign_in(OTHER).get(address))
    assert "On the waiting list" in said and "Ashcombe School" not in said  # a school sees its own alone
    assert sign_in(OTHER).post(reverse("cancel_booking", args=[first.pk])).status_code == 404
    assert sign_in(SCHOOL).post(reverse("cancel_booking", args=[first.pk])).status_code == 302
    second.refresh_from_db()
    assert second.state == "booked"
    assert sign_in(SCHOOL).post(reverse("cancel_booking", args=[first.pk])).status_code == 403
    assert AuditEvent.objects.filter(name__in=("course_booked", "booking_cancelled")).count() == 3


@pytest.mark.parametrize(
    ("seats", "why"), [("0", "There is a problem"), ("11", "10 places"), ("x", "There is a problem")]
)
def test_seats_that_cannot_be_booked_are_refused(sign_in, course, seats, why) -> None:
    answer = sign_in(SCHOOL).post(reverse("course", args=[course.pk]), {"seats": seats})
    assert answer.status_code == 400 and why in text_of(answer) and not Booking.objects.exists()


def test_a_school_books_once_and_not_a_course_that_is_over(course, viewers) -> None:
    book(viewer=viewers[SCHOOL], course=course, seats=1)
    with pytest.raises(MusterError, match="has booked already"):
        book(viewer=viewers[SCHOOL], course=course, seats=1)
    with pytest.raises(MusterError, match="is over"):
        book(viewer=viewers[OTHER], course=past(course), seats=1)


def test_who_came_is_noted_after_the_day_and_traced_in_tracker_and_file(sign_in, course, viewers) -> None:
    booking = book(viewer=viewers[SCHOOL], course=course, seats=4)
    note = reverse("course_attendance", args=[course.pk])
    early = sign_in(OFFICER).post(note, {f"came-{booking.pk}": "3"})
    assert early.status_code == 400 and "still to come" in text_of(early)
    past(course)
    assert "Ashcombe School" in text_of(sign_in(OFFICER).get(note))
    for wrong, why in (("5", "5 cannot have come"), ("many", "is no number")):
        answer = sign_in(OFFICER).post(note, {f"came-{booking.pk}": wrong})
        assert answer.status_code == 400 and why in text_of(answer)
    assert sign_in(OFFICER).post(note, {f"came-{booking.pk}": "3"}).status_code == 302
    tracker = text_of(sign_in(OFFICER).get(reverse("training_tracker"), {"title": course.title}))
    assert "1 of 3 schools trained" in tracker and "Not booked: 2" in tracker
    file = text_of(sign_in(SCHOOL).get(reverse("school", args=[booking.school_id])))
    assert "Training taken" in file and "3 of 4 came" in file


def test_nobody_of_elsewhere_sees_or_books_a_course(sign_in, course, viewers, client) -> None:
    address, note = reverse("course", args=[course.pk]), reverse("course_attendance", args=[course.pk])
    assert client.get(address).status_code == 302
    assert sign_in(STRANGER).get(address).status_code == 404
    assert sign_in(STRANGER).post(address, {"seats": "1"}).status_code == 404
    assert sign_in("otherby.la_officer").post(note).status_code == 404
    assert sign_in(OFFICER).post(address, {"seats": "1"}).status_code == 404
    assert (
        sign_in(SCHOOL).get(note).status_code == 403
        and sign_in(SCHOOL).get(reverse("new_course")).status_code == 403
    )
    assert sign_in(SCHOOL).get(reverse("training_tracker")).status_code == 403
    assert sign_in(OFFICER).get(reverse("training_tracker"), {"title": "x"}).status_code == 404
    for act in (lambda v: cancel_booking(viewer=v, booking=book(viewer=viewers[SCHOOL], course=course, seats=1)),
                lambda v: note_attendance(viewer=v, course=course, came={}),
                lambda v: offer_course(viewer=v, course=Course(title="x", on=TODAY(), places=1))):  # fmt: skip
        with pytest.raises(MusterError):
            act(viewers[STRANGER])
