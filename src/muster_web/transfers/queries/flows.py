"""What an authority is told of the files of its schools: what went out and in, what nobody opened, what came late."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from muster.model.writing import neutralised
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.transfers.models import Transfer
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.queries.leavers import Leaver, leavers, left_of

_SEPTEMBER = 9
HEADINGS = (
    "Number", "School", "Files sent", "To other authorities", "Files received", "From other authorities",
    "Not opened", "Oldest not opened", "Pupils who left", "File in time", "File late", "No file yet", "In time %",
)  # fmt: skip


@dataclass
class Flow:
    """The files of one school since a day, and of its leavers how many had a file in time."""

    school: Organisation
    sent: int = 0
    out: int = 0
    received: int = 0
    into: int = 0
    unopened: int = 0
    oldest: date | None = None
    leavers: Counter[str] = field(default_factory=Counter)

    @property
    def left(self) -> int:
        """How many pupils left whose file was due or has gone."""
        return sum(self.leavers.values())

    @property
    def in_time(self) -> int:
        """How many files of leavers went within 15 school days."""
        return self.leavers["in time"]

    @property
    def late(self) -> int:
        """How many went later."""
        return self.leavers["late"]

    @property
    def missing(self) -> int:
        """How many should have gone and have not."""
        return self.leavers["missing"]

    @property
    def percent(self) -> str:
        """The share of files in time, '' where none was due."""
        return f"{100 * self.in_time / self.left:.0f}" if self.left else ""

    def row(self) -> tuple[object, ...]:
        """The line of the table, as HEADINGS name it."""
        return (
            self.school.ref, self.school.name, self.sent, self.out, self.received, self.into, self.unopened,
            self.oldest or "", self.left, self.in_time, self.late, self.missing, self.percent,
        )  # fmt: skip


def start_of_school_year(day: date) -> date:
    """The first of September before a day."""
    return date(day.year - (day.month < _SEPTEMBER), _SEPTEMBER, 1)


def flows(viewer: Viewer, since: date) -> list[Flow]:
    """Each school of the viewer's authority with its files and leavers since a day, by name.  Raises NotAllowed."""
    authority = refuse_unless(viewer, "find_pupils")
    schools = Organisation.objects.filter(authority=authority, kind=Organisation.Kind.SCHOOL).defer(
        "register"
    )
    found = {one.pk: Flow(one) for one in schools.order_by("name")}
    for row in _sent(authority, since):
        if row["sender"] in found:
            found[row["sender"]].sent, found[row["sender"]].out = row["files"], row["beyond"]
    for row in _received(authority, since):
        if row["receiver"] in found:
            _note_received(found[row["receiver"]], row)
    for one in leavers(left_of(schools, since=since)):
        if outcome := _outcome(one):
            found[one.pupil.organisation_id].leavers[outcome] += 1
    return list(found.values())


def _sent(authority: Organisation, since: date) -> Iterable[Mapping[str, Any]]:
    beyond = Count("pk", filter=~Q(receiver_authority=authority))
    files = Transfer.objects.filter(sender_authority=authority, sent__gte=_start_of(since))
    return files.order_by().values("sender").annotate(files=Count("pk"), beyond=beyond)


def _received(authority: Organisation, since: date) -> Iterable[Mapping[str, Any]]:
    files = Transfer.objects.filter(receiver_authority=authority, sent__gte=_start_of(since))
    return files.order_by().values("receiver").annotate(
        files=Count("pk"), beyond=Count("pk", filter=~Q(sender_authority=authority)),
        unopened=Count("pk", filter=Q(opened=None)), oldest=Min("sent", filter=Q(opened=None)),
    )  # fmt: skip


def _start_of(day: date) -> datetime:
    """The first moment of a day: the database compares it with its index, which it could not with a date."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _note_received(flow: Flow, row: Mapping[str, Any]) -> None:
    flow.received, flow.into, flow.unopened = row["files"], row["beyond"], row["unopened"]
    flow.oldest = timezone.localtime(row["oldest"]).date() if row["oldest"] else None


def _outcome(one: Leaver) -> str:
    """How the file of a leaver came, '' while there is still time."""
    if one.sent:
        return "in time" if one.in_time else "late"
    return "missing" if one.is_overdue else ""


def unclaimed(viewer: Viewer) -> QuerySet[Transfer]:
    """The files for schools of the viewer's authority that nobody opened."""
    authority = refuse_unless(viewer, "find_pupils")
    return Transfer.objects.filter(receiver_authority=authority, opened=None).exclude(sealed_key="")


def as_rows(found: list[Flow]) -> Iterator[tuple[object, ...]]:
    """The table with its headings, for a file."""
    yield HEADINGS
    yield from (one.row() for one in found)


def as_csv(found: list[Flow]) -> str:
    """The table as CSV, in which no name is taken for a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([neutralised(str(one)) for one in row] for row in as_rows(found))
    return out.getvalue()
