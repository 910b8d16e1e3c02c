"""Who may plan for an authority, offer its courses and book them."""

from __future__ import annotations

from django.db.models import QuerySet

from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.planning.models import Booking, Consultation, Course

OFFICERS = (Role.LA_OFFICER, Role.LA_APPROVER)
BOOKERS = (Role.PREPARER, Role.HEAD)


def authority_of(viewer: Viewer) -> Organisation | None:
    """The authority whose courses the viewer sees: their own organisation, or that of their school."""
    here = viewer.organisation
    if here is None:
        return None
    return here if here.kind == Organisation.Kind.AUTHORITY else here.authority


def may_offer(viewer: Viewer) -> bool:
    """Whether the viewer is an officer of an authority."""
    here = viewer.organisation
    return (
        here is not None
        and here.kind == Organisation.Kind.AUTHORITY
        and bool(viewer.roles & frozenset(OFFICERS))
    )


def may_book(viewer: Viewer) -> bool:
    """Whether the viewer books for a school."""
    here = viewer.organisation
    return (
        here is not None and here.kind == Organisation.Kind.SCHOOL and bool(viewer.roles & frozenset(BOOKERS))
    )


def readable_courses(viewer: Viewer) -> QuerySet[Course]:
    """The courses of the viewer's authority."""
    if not (may_offer(viewer) or may_book(viewer)):
        return Course.objects.none()
    return Course.objects.filter(of=authority_of(viewer)).select_related("of")


def readable_bookings(viewer: Viewer) -> QuerySet[Booking]:
    """Of courses of the viewer's authority: every booking for its officers, and a school's own for the school."""
    found = Booking.objects.filter(course__in=readable_courses(viewer)).select_related(
        "course", "school", "by"
    )
    return found if may_offer(viewer) else found.filter(school=viewer.organisation)


def readable_consultations(viewer: Viewer) -> QuerySet[Consultation]:
    """What the viewer's authority asks its schools."""
    if not (may_offer(viewer) or may_book(viewer)):
        return Consultation.objects.none()
    return Consultation.objects.filter(of=authority_of(viewer)).select_related("of")
