"""Open a round: what is owed, by whom, and by when."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from muster.catalogue import load_collection
from muster.inspecting import has_summary
from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.design.wording import long_date
from muster_web.returns.models import LocalDeadline, Return, Round


@transaction.atomic
def open_round(*, viewer: Viewer, round: Round) -> int:
    """Save a round and expect a return of every open school, or of every authority; how many are owed."""
    if "open_collection" not in viewer.permissions_for(round.collection):
        raise NotAllowed("Only the department opens a collection.")
    if round.closes < round.opens:
        raise MusterError("It closes before it opens; give a later closing day.")
    if round.sign_off and not has_summary(round.collection):
        raise MusterError(f"{round.title} has no summary for a head to sign; open it without a signature.")
    same = Round.objects.filter(collection=round.collection, year=round.year, phase=round.phase)
    if same.exclude(pk=round.pk).exists():
        raise MusterError(f"{round.title} is already open as {round.get_phase_display().lower()}.")
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


def copy_of(round: Round, *, year: int, phase: str, opens: date, closes: date) -> Round:
    """A round like another, not saved, for a year of which the catalogue knows census day.  Raises MusterError."""
    facts = load_collection(round.collection).facts.get(year)
    if facts is None:
        raise MusterError(
            f"The catalogue holds no year {year} of {round.title}; its census day is not known."
        )
    title = round.title.replace(str(round.year), str(year))
    return Round(
        collection=round.collection, year=year, phase=phase, title=title, opens=opens, closes=closes,
        census_day=facts.census_day, source_level=round.source_level, edits_allowed=round.edits_allowed,
        sign_off=round.sign_off, two_people=round.two_people, legal_basis=round.legal_basis, copied_from=round,
    )  # fmt: skip


def _owing(round: Round) -> list[Organisation]:
    """Those of a kind that owes returns, open on census day."""
    day = round.census_day
    owing = Organisation.objects.filter(kind=round.source_level, owes_returns=True)
    still_open = owing.exclude(closed__lt=day).exclude(opened__gt=day).defer("register")
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
        last = long_date(round.closes)
        raise NotAllowed(f"The day must not be after the national closing day, {last}.")
    row, _ = LocalDeadline.objects.update_or_create(
        round=round, authority=viewer.organisation, defaults={"on": on, "set_by": viewer.user}
    )
    record(
        "local_deadline_set", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"round:{round.pk}",
        organisations=[viewer.organisation.pk], data={"on": on.isoformat(), "at": timezone.now().isoformat()},
    )  # fmt: skip
    return row
