"""What the schedule says is due to go of what stands beside the returns: documents, plans, courses, consultations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from muster.catalogue.privacy import load_kept_beside
from muster.model.days import months_on
from muster.model.privacy import Kept
from muster_web.performance.models import Figure, Indicator, Piece, Plan
from muster_web.planning.models import Consultation, Course
from muster_web.privacy.queries.due import Due, held
from muster_web.schools.models import Document, Governor, Priority, Ticket

YEAR_ENDS = (3, 31)
CONTACT_DETAILS = "contact details"
_Rows = QuerySet[Any]


@dataclass(frozen=True)
class _Kind:
    """How one kind of thing is found: what the preview calls it, its rows up to a day, and whose they are."""

    title: str
    before: Callable[[date], _Rows]
    of: tuple[str, ...]


def _documents(day: date) -> _Rows:
    return Document.objects.exclude(stored="").filter(at__date__lte=day)


def _priorities(day: date) -> _Rows:
    return Priority.objects.filter(at__date__lte=day)


def _plans(day: date) -> _Rows:
    """Plans whose year ended on a day or earlier and that still hold anything but what was published."""
    last = day.year - 1 if (day.month, day.day) >= YEAR_ENDS else day.year - 2
    here = OuterRef("pk")
    held = Exists(Piece.objects.filter(plan=here)) | Exists(Indicator.objects.filter(plan=here))
    held |= Exists(Figure.objects.filter(quarter__plan=here)) | ~Q(files=[])
    return Plan.objects.filter(held, year__lte=last)


def _courses(day: date) -> _Rows:
    return Course.objects.filter(on__lte=day)


def _consultations(day: date) -> _Rows:
    return Consultation.objects.filter(closes__lte=day)


def _governors(day: date) -> _Rows:
    return Governor.objects.filter(until__lt=day)


def _contact_details(day: date) -> _Rows:
    return Governor.objects.filter(until__lt=day).exclude(email="", telephone="")


def _tickets(day: date) -> _Rows:
    return Ticket.objects.filter(waits_since__date__lte=day)


KINDS = {
    "school documents": _Kind("Files of schools", _documents, ("school", "of")),
    "school plans": _Kind("Improvement plans of schools", _priorities, ("school",)),
    "plans": _Kind("Plans of authorities", _plans, ("authority",)),
    "courses": _Kind("Courses", _courses, ("of", "bookings__school")),
    "consultations": _Kind("Consultations", _consultations, ("of", "replies__school")),
    "governors": _Kind("Governors and contacts of schools", _governors, ("school",)),
    CONTACT_DETAILS: _Kind("Governors and contacts of schools", _contact_details, ("school",)),
    "school questions": _Kind("Questions of schools", _tickets, ("school", "of")),
}


@dataclass(frozen=True)
class GoingBeside:
    """What a line stands for: the rows that go."""

    rule: Kept
    since: date
    rows: _Rows

    def counted(self) -> Due:
        """The line with its counts; each row counts as a version."""
        size = self.rows.aggregate(bytes=Sum("size"))["bytes"] if self.rows.model is Document else 0
        return Due(
            0, KINDS[self.rule.what].title, self.rule.what, self.rule.months, self.rule.confidence, self.since,
            returns=0, versions=self.rows.count(), findings=0, said=0, edits=0, bytes=size or 0,
        )  # fmt: skip


def going_beside(on: date | None = None) -> Iterator[GoingBeside]:
    """Everything that is due on a day and of no organisation for which it is held."""
    day = on or timezone.localdate()
    kept = [one.organisation_id for one in held(day) if one.organisation_id and not one.round_id]
    for rule in load_kept_beside():
        since, kind = months_on(day, -rule.months), KINDS[rule.what]
        rows = kind.before(since)
        for name in kind.of:
            rows = rows.exclude(**{f"{name}__in": kept})
        if rows.exists():
            yield GoingBeside(rule, since, rows)


def kept_until(what: str, since: date) -> date:
    """The day on which one kind of thing goes whose time began on a day."""
    rule = next(one for one in load_kept_beside() if one.what == what)
    return months_on(since, rule.months)
