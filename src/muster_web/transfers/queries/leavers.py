"""Pupils who left a school, the day by which their file is due, and when one went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from muster_web.accounts.models import Organisation
from muster_web.transfers.models import Pupil, Transfer, TransferPupil
from muster_web.transfers.queries.terms import days_by_authority
from muster_web.transfers.schooldays import SchoolDays

WITHIN = 15
# A file made for an admission long before is not the one that follows the pupil.
EARLIEST = timedelta(days=60)


@dataclass(frozen=True)
class Leaver:
    """A pupil who left, with the last day for the file and the day it went, None while it has not."""

    pupil: Pupil
    due: date
    sent: date | None

    @property
    def in_time(self) -> bool:
        """Whether the file went by its day."""
        return self.sent is not None and self.sent <= self.due

    @property
    def is_overdue(self) -> bool:
        """Whether the day is over without a file."""
        return self.sent is None and self.due < timezone.localdate()


def left_of(
    schools: Iterable[Organisation] | QuerySet[Organisation], *, since: date, without_file: bool = False
) -> QuerySet[Pupil]:
    """The pupils who left some schools since a day, each with when the first file with them went from there."""
    left = Pupil.objects.filter(organisation__in=schools, left__gte=since)
    found = left.annotate(sent=Subquery(_first_file(), output_field=DateTimeField()))
    found = found.filter(sent=None) if without_file else found
    return found.select_related("organisation").defer("organisation__register", "held").order_by("left", "pk")


def _first_file() -> QuerySet[TransferPupil, Any]:
    files = TransferPupil.objects.filter(
        ~Q(mark=""), mark=OuterRef("mark"), transfer__sender=OuterRef("organisation"),
        transfer__kind=Transfer.Kind.CTF, transfer__sent__date__gte=OuterRef("left") - EARLIEST,
    )  # fmt: skip
    return files.order_by("transfer__sent").values("transfer__sent")[:1]


def leavers(pupils: Iterable[Pupil]) -> Iterator[Leaver]:
    """Pupils of ``left_of`` with their days, by the terms of each school's authority."""
    held = list(pupils)
    days = days_by_authority({one.organisation.authority_id for one in held if one.organisation.authority_id})
    for one in held:
        yield _leaver(one, days[one.organisation.authority_id or 0])


def _leaver(pupil: Pupil, days: SchoolDays) -> Leaver:
    assert pupil.left is not None, "only pupils who left are asked for"
    sent = getattr(pupil, "sent", None)
    return Leaver(pupil, days.after(pupil.left, WITHIN), timezone.localtime(sent).date() if sent else None)
