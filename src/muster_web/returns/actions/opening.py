"""Open a round: what is owed, by whom, and by when."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.returns.models import LocalDeadline, Return, Round


@transaction.atomic
def open_round(*, viewer: Viewer, round: Round) -> int:
    """Save a round and expect a return of every open school, or of every authority; how many are owed."""
    if "open_collection" not in viewer.permissions_for(round.collection):
        raise NotAllowed("Only the department opens a collection.")
    round.save()
    owing = _owing(round)
    Return.objects.bulk_create(
        [Return(round=round, organisation=one, agent=_agent(one)) for one in owing], ignore_conflicts=True
    )
    record(
        "round_opened", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"round:{round.pk}",
        data={"owed": len(owing)},
    )  # fmt: skip
    return len(owing)


def _owing(round: Round) -> list[Organisation]:
    kind = round.source_level
    still_open = Organisation.objects.filter(kind=kind).exclude(closed__lt=round.census_day)
    return list(still_open.select_related("authority"))


def _agent(organisation: Organisation) -> Organisation | None:
    """Who checks a return before the department: a maintained school's authority, and nobody for others."""
    return None if organisation.is_academy else organisation.authority


@transaction.atomic
def set_local_deadline(*, viewer: Viewer, round: Round, on: date) -> LocalDeadline:
    """The authority sets the day by which its schools have to send, before the national one."""
    if "decide_who_owes" not in viewer.permissions_for(round.collection) or viewer.organisation is None:
        raise NotAllowed("Only an officer of the authority sets its deadline.")
    if on > round.closes:
        raise NotAllowed(f"The day must not be after the national closing day, {round.closes:%d %B %Y}.")
    row, _ = LocalDeadline.objects.update_or_create(
        round=round, authority=viewer.organisation, defaults={"on": on, "set_by": viewer.user}
    )
    record(
        "local_deadline_set", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"round:{round.pk}",
        organisations=[viewer.organisation.pk], data={"on": on.isoformat(), "at": timezone.now().isoformat()},
    )  # fmt: skip
    return row
