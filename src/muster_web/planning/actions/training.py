"""Offer courses, book seats, give them back, and note who came."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Sum
from django.utils import timezone

from muster.model import MusterError
from muster.performance.courses import CourseCosts
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.planning.models import Booking, Course
from muster_web.planning.permissions import may_book, may_offer, readable_courses

_HELD = Booking.State.BOOKED


@transaction.atomic
def offer_course(*, viewer: Viewer, course: Course) -> Course:
    """Put a course into the catalogue.  Raises NotAllowed, and MusterError for a day gone by or no amount of money."""
    if viewer.organisation is None or not may_offer(viewer):
        raise NotAllowed("Only officers of an authority offer courses.")
    if course.on < timezone.localdate():
        raise MusterError("The day is over; give the day on which the course will be.")
    CourseCosts(course.fixed, course.each, course.price)
    course.of, course.by = viewer.organisation, viewer.user
    course.save()
    _tell("course_offered", viewer, course)
    return course


@transaction.atomic
def book(*, viewer: Viewer, course: Course, seats: int) -> Booking:
    """Book seats for the viewer's school; where too few are left it stands on the waiting list.

    Raises NotAllowed, and MusterError where the course is over, the seats are none or more than it has, or the school
    has booked already.
    """
    course = Course.objects.select_for_update().get(pk=course.pk)
    if viewer.organisation is None or not may_book(viewer) or course not in readable_courses(viewer):
        raise NotAllowed("Only a school of the authority books its courses.")
    if course.on < timezone.localdate():
        raise MusterError("The course is over.")
    if not 0 < seats <= course.places:
        raise MusterError(f"The course has {course.places} places; book from 1 to {course.places}.")
    if _standing(course).filter(school=viewer.organisation).exists():
        raise MusterError("Your school has booked already; cancel that first to change it.")
    state = _HELD if seats <= seats_left(course) else Booking.State.WAITING
    made = Booking.objects.create(
        course=course, school=viewer.organisation, seats=seats, state=state, by=viewer.user
    )
    _tell("course_booked", viewer, course, data={"seats": seats, "state": str(state)}, school=made.school_id)
    return made


@transaction.atomic
def cancel_booking(*, viewer: Viewer, booking: Booking) -> Booking:
    """Give the seats of a booking back; who waits and fits has them, in the order of asking.

    Raises NotAllowed where it is another's, was cancelled, or the course is over.
    """
    course = Course.objects.select_for_update().get(pk=booking.course_id)
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    mine = may_book(viewer) and booking.school == viewer.organisation
    if not mine and not (may_offer(viewer) and course.of == viewer.organisation):
        raise NotAllowed("Only the school that booked and the authority cancel it.")
    if booking.state == Booking.State.CANCELLED or course.on < timezone.localdate():
        raise NotAllowed("It was cancelled already, or the course is over; load the page again.")
    booking.state = Booking.State.CANCELLED
    booking.save(update_fields=["state"])
    _tell("booking_cancelled", viewer, course, data={"seats": booking.seats}, school=booking.school_id)
    _move_up(course)
    return booking


def _move_up(course: Course) -> None:
    for one in _standing(course).filter(state=Booking.State.WAITING).order_by("at", "pk"):
        if one.seats <= seats_left(course):
            one.state = _HELD
            one.save(update_fields=["state"])


@transaction.atomic
def note_attendance(*, viewer: Viewer, course: Course, came: Mapping[int, int]) -> int:
    """Note of bookings, by their numbers, how many came; how many were noted.

    Raises NotAllowed, and MusterError where the course is still to come or more came than were booked.
    """
    if not may_offer(viewer) or course.of != viewer.organisation:
        raise NotAllowed("Only the authority whose course it is notes who came.")
    if course.on > timezone.localdate():
        raise MusterError("The course is still to come; note who came once it was.")
    booked = list(
        course.bookings.select_for_update(of=("self",))
        .filter(state=_HELD, pk__in=came)
        .select_related("school")
    )
    for one in booked:
        if not 0 <= came[one.pk] <= one.seats:
            raise MusterError(f"{one.school} booked {one.seats}; {came[one.pk]} cannot have come.")
        one.attended = came[one.pk]
    Booking.objects.bulk_update(booked, ["attended"])
    _tell("course_attendance_noted", viewer, course, data={"bookings": len(booked)})
    return len(booked)


def seats_left(course: Course) -> int:
    """The seats of a course that nobody has."""
    taken = course.bookings.filter(state=_HELD).aggregate(seats=Sum("seats"))["seats"] or 0
    return course.places - int(taken)


def _standing(course: Course) -> models.QuerySet[Booking]:
    return course.bookings.exclude(state=Booking.State.CANCELLED)


def _tell(
    name: str,
    viewer: Viewer,
    course: Course,
    *,
    data: dict[str, object] | None = None,
    school: int | None = None,
) -> None:
    about = [course.of_id, *([school] if school else [])]
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"course:{course.pk}", organisations=about,
        data=data,
    )  # fmt: skip
