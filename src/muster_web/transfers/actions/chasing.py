"""Chase at 5, 10 and 15 school days: files nobody opened, and pupils who left without a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import SYSTEM
from muster_web.audit.record import record
from muster_web.transfers.letters import tell_of_missing_files, tell_of_unopened
from muster_web.transfers.models import Pupil, Transfer
from muster_web.transfers.queries.leavers import left_of
from muster_web.transfers.queries.terms import days_by_authority
from muster_web.transfers.schooldays import SchoolDays

AT = (5, 10, 15)
# Older than this is for the authority's report, not for another letter.
_LOOKED_BACK = timedelta(days=120)


def chase_unopened() -> int:
    """Remind schools of files that nobody opened for 5, 10 and 15 school days, in one letter each; how many letters."""
    today = timezone.localdate()
    waiting = Transfer.objects.filter(
        opened=None, receiver__isnull=False, reminders__lt=len(AT), sent__gt=timezone.now() - _LOOKED_BACK,
    ).exclude(sealed_key="")  # fmt: skip
    due: dict[tuple[int, int], list[int]] = defaultdict(list)
    days = days_by_authority(Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY))
    for one in waiting.only("receiver", "receiver_authority", "sent", "reminders").order_by("pk").iterator():
        steps = steps_after(days[one.receiver_authority_id or 0], timezone.localtime(one.sent).date(), today)
        if steps > one.reminders:
            due[one.receiver_id or 0, steps].append(one.pk)
    return sum(_remind_of_files(receiver, steps, files) for (receiver, steps), files in due.items())


def steps_after(days: SchoolDays, start: date, today: date) -> int:
    """How many of the three days for a letter are over since a day."""
    gone = days.since(start, today)
    return sum(gone >= step for step in AT)


@transaction.atomic
def _remind_of_files(receiver: int, steps: int, files: list[int]) -> int:
    """One letter about some files, by whichever clock comes first."""
    taken = Transfer.objects.filter(pk__in=files, opened=None, reminders__lt=steps).update(reminders=steps)
    if taken:
        _record("unopened_files_chased", receiver, files=taken, school_days=AT[steps - 1])
        transaction.on_commit(partial(tell_of_unopened, receiver, taken, AT[steps - 1]))
    return bool(taken)


def chase_leavers() -> int:
    """Remind schools of pupils who left 5, 10 and 15 school days ago and have no file; how many letters."""
    today = timezone.localdate()
    schools = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL, closed=None)
    missing = left_of(schools, since=today - _LOOKED_BACK, without_file=True)
    missing = missing.filter(chased__lt=len(AT), left__lte=today)
    due: dict[tuple[int, int], list[int]] = defaultdict(list)
    days = days_by_authority(Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY))
    for one in missing:
        steps = steps_after(days[one.organisation.authority_id or 0], one.left or today, today)
        if steps > one.chased:
            due[one.organisation_id, steps].append(one.pk)
    return sum(_remind_of_leavers(school, steps, pupils) for (school, steps), pupils in due.items())


@transaction.atomic
def _remind_of_leavers(school: int, steps: int, pupils: Iterable[int]) -> int:
    taken = Pupil.objects.filter(pk__in=list(pupils), chased__lt=steps).update(chased=steps)
    if taken:
        _record("missing_files_chased", school, pupils=taken, school_days=AT[steps - 1])
        transaction.on_commit(partial(tell_of_missing_files, school, taken, AT[steps - 1]))
    return bool(taken)


def _record(event: str, organisation: int, **data: object) -> None:
    record(
        event,
        actor=SYSTEM.actor,
        organisations=[organisation],
        subject=f"organisation:{organisation}",
        data=data,
    )
