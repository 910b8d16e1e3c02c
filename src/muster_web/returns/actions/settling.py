"""Settle a case of several schools: propose, agree, or the authority decides; each step is told in every return."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.returns.actions.moving import tell
from muster_web.returns.models import Case, CaseSide, Return
from muster_web.returns.permissions import permissions

_SETTLED = (Case.State.DECIDED, Case.State.GONE)


@transaction.atomic
def propose(*, viewer: Viewer, case: Case, outcome: str, at_fault: Return | None, reason: str) -> Case:
    """One school says what is so; the case is agreed when every other school says yes to that."""
    now = _open(case)
    side = own_side(viewer, now)
    if side is None or not ({"edit", "upload"} & permissions(viewer, side.subject)):
        raise NotAllowed("Only somebody who prepares one of the returns proposes how to settle the case.")
    _write(now, outcome, at_fault, reason)
    now.proposed_by, now.state = viewer.organisation, Case.State.OPEN
    now.save()
    now.sides.exclude(pk=side.pk).update(agrees=None, answered=None, answered_by=None)
    _answer(viewer, side, agrees=True)
    _tell_all(now, "case_proposal_made", viewer)
    return now


@transaction.atomic
def answer(*, viewer: Viewer, case: Case, agrees: bool) -> Case:
    """Another school says yes or no to the proposal; when all have said yes the case is agreed."""
    now = _open(case)
    side = own_side(viewer, now)
    if side is None or not ({"edit", "upload"} & permissions(viewer, side.subject)):
        raise NotAllowed("Only somebody who prepares one of the returns answers.")
    if not now.outcome:
        raise NotAllowed("Nothing has been proposed yet.")
    _answer(viewer, side, agrees=agrees)
    if not now.sides.exclude(agrees=True).exists():
        now.state, now.settled = Case.State.AGREED, timezone.now()
        now.save(update_fields=["state", "settled"])
    _tell_all(now, "case_agreed" if now.state == Case.State.AGREED else "case_answered", viewer)
    return now


@transaction.atomic
def decide(*, viewer: Viewer, case: Case, outcome: str, at_fault: Return | None, reason: str) -> Case:
    """The authority decides, whether the schools agree or not, and says why; it may think again later."""
    now = _open(case, settled=(Case.State.GONE,))
    _refuse_unless_authority(viewer, now)
    _write(now, outcome, at_fault, reason)
    now.state, now.decided_by, now.settled = Case.State.DECIDED, viewer.user, timezone.now()
    now.save()
    _tell_all(now, "case_decided", viewer)
    return now


@transaction.atomic
def set_due(*, viewer: Viewer, case: Case, due: date) -> Case:
    """The authority gives the schools another day by which to settle a case."""
    now = _open(case)
    _refuse_unless_authority(viewer, now)
    if due < timezone.localdate():
        raise MusterError("The day is over; give today or a later day.")
    now.due = due
    now.save(update_fields=["due"])
    _tell_all(now, "case_due_set", viewer)
    return now


def own_side(viewer: Viewer, case: Case) -> CaseSide | None:
    """The side of a case that is the viewer's own organisation's, or None."""
    mine = case.sides.filter(subject__organisation=viewer.organisation)
    return mine.select_related("subject__round", "subject__organisation").first()


def decides(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer may decide a case: an officer of the authority, with the role for this collection."""
    held = viewer.permissions_for(case.round.collection)
    return viewer.organisation == case.authority and "decide_who_owes" in held


def _refuse_unless_authority(viewer: Viewer, case: Case) -> None:
    if not decides(viewer, case):
        raise NotAllowed("Only an officer of the authority decides a case of its schools.")


def _open(case: Case, *, settled: Collection[str] = _SETTLED) -> Case:
    now = Case.objects.select_for_update(of=("self",)).select_related("round", "authority").get(pk=case.pk)
    if now.state in settled:
        raise NotAllowed(f"The case is settled: {now.get_state_display().lower()}.")
    return now


def _write(case: Case, outcome: str, at_fault: Return | None, reason: str) -> None:
    if outcome not in Case.Outcome.values:
        raise MusterError("Choose what is so.")
    to_correct = outcome == Case.Outcome.CORRECT
    if to_correct and (at_fault is None or not case.sides.filter(subject=at_fault).exists()):
        raise MusterError("Choose the school whose return has to be corrected.")
    if not reason.strip():
        raise MusterError("Say why; the other school reads this.")
    case.outcome, case.at_fault, case.reason = outcome, at_fault if to_correct else None, reason.strip()


def _answer(viewer: Viewer, side: CaseSide, *, agrees: bool) -> None:
    side.agrees, side.answered, side.answered_by = agrees, timezone.now(), viewer.user
    side.save(update_fields=["agrees", "answered", "answered_by"])


def _tell_all(case: Case, event: str, viewer: Viewer) -> None:
    for side in case.sides.select_related("subject__organisation", "subject__agent"):
        tell(side.subject, event, viewer=viewer, data={"case": case.pk})
