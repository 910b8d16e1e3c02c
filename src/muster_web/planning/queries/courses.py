"""The course catalogue as a viewer sees it, and which schools have been trained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from muster.performance.courses import CourseCosts
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.planning.models import Booking, Course
from muster_web.planning.permissions import readable_bookings, readable_courses

_BOOKED = Q(bookings__state=Booking.State.BOOKED)
TRAINED, BOOKED, WAITING, NOT_BOOKED = "Trained", "Booked", "On the waiting list", "Not booked"


def courses_of(viewer: Viewer) -> QuerySet[Course]:
    """The courses of the viewer's authority with the seats that are booked, those to come first."""
    return (
        readable_courses(viewer).annotate(taken=Sum("bookings__seats", filter=_BOOKED)).order_by("-on", "pk")
    )


def get_course(viewer: Viewer, pk: int) -> Course:
    """A course of the viewer's authority, or Http404."""
    return get_object_or_404(readable_courses(viewer), pk=pk)


@dataclass(frozen=True)
class Account:
    """How a course pays: seats sold, those at which it breaks even, what is left, and the least price that would do."""

    sold: int
    break_even: int | None
    margin: Decimal
    least_price: Decimal | None
    full_price: Decimal | None


def account_of(course: Course) -> Account:
    """How a course pays with the seats booked now, and the price at which those, or all its places, would."""
    costs = CourseCosts(course.fixed, course.each, course.price)
    held = course.bookings.filter(state=Booking.State.BOOKED)
    sold = held.aggregate(seats=Sum("seats"))["seats"] or 0
    return Account(
        sold, costs.break_even_seats, costs.margin(sold), costs.break_even_price(sold),
        costs.break_even_price(course.places),
    )  # fmt: skip


def training_of(viewer: Viewer, school: Organisation) -> list[Booking]:
    """The courses of which people of a school came, the latest first, as far as the viewer may see them."""
    found = readable_bookings(viewer).filter(school=school, attended__gt=0)
    return list(found.order_by("-course__on"))


@dataclass(frozen=True)
class Tracked:
    """How far a school has got with a training, and on which day."""

    school: Organisation
    state: str
    course: Course | None


@dataclass(frozen=True)
class Tracker:
    """Every school of an authority with its state in one training, however many days it is offered on."""

    title: str
    schools: tuple[Tracked, ...]

    @property
    def trained(self) -> int:
        """How many schools are trained."""
        return sum(one.state == TRAINED for one in self.schools)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many schools are in each state."""
        states = [one.state for one in self.schools]
        return tuple((state, states.count(state)) for state in (TRAINED, BOOKED, WAITING, NOT_BOOKED))


def trainings(viewer: Viewer) -> list[str]:
    """The titles of the trainings an authority offers, the one on most days first."""
    found = readable_courses(viewer).order_by().values("title").annotate(days=Count("pk"))
    return [row["title"] for row in found.order_by("-days", "title")]


def tracker_of(viewer: Viewer, authority: Organisation, title: str) -> Tracker:
    """The tracker of a training: a school is trained once anybody of it came."""
    bookings: dict[int, list[Booking]] = {}
    found = readable_bookings(viewer).filter(course__title=title).exclude(state=Booking.State.CANCELLED)
    for one in found.order_by("course__on"):
        bookings.setdefault(one.school_id, []).append(one)
    schools = Organisation.objects.filter(
        kind=Organisation.Kind.SCHOOL, authority=authority, closed=None, owes_returns=True
    ).order_by("name")
    return Tracker(title, tuple(_tracked(one, bookings.get(one.pk, ())) for one in schools))


def _tracked(school: Organisation, bookings: Iterable[Booking]) -> Tracked:
    today, best = timezone.localdate(), Tracked(school, NOT_BOOKED, None)
    for one in bookings:
        if one.attended:
            return Tracked(school, TRAINED, one.course)
        if one.course.on >= today:
            state = BOOKED if one.state == Booking.State.BOOKED else WAITING
            best = best if best.state == BOOKED else Tracked(school, state, one.course)
    return best
