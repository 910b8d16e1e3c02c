"""Which returns may come late, each with the reasons: what happened last time, what stands still, who is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min
from django.utils import timezone

from muster.submit.states import FINAL, SENT, State
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Event, Return, Round
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.board import local_deadline
from muster_web.returns.queries.readiness import readiness_of

SOON = 5
STILL = timedelta(days=7)
_BACK = (State.RETURNED_BY_AGENT, State.RETURNED_BY_COLLECTOR)


@dataclass(frozen=True)
class AtRisk:
    """A return that may come late, with the reasons in words."""

    subject: Return
    reasons: tuple[str, ...]


def at_risk(viewer: Viewer, round: Round) -> list[AtRisk]:
    """The returns not sent yet that something speaks against, those with most reasons first; in a few queries."""
    done = SENT | {State.APPROVED} | FINAL
    waiting = visible_returns(viewer).filter(round=round).exclude(state__in=done)
    found = list(waiting.order_by("organisation__name"))
    deadline = local_deadline(viewer, round)
    day = deadline.on if deadline else round.closes
    reasons: dict[int, list[str]] = defaultdict(list)
    for one in found:
        reasons[one.pk] += _of_state(one, day)
    _add_last_time(found, round, reasons)
    _add_people(viewer, found, round, reasons)
    risky = [AtRisk(one, tuple(reasons[one.pk])) for one in found if reasons[one.pk]]
    return sorted(risky, key=lambda one: -len(one.reasons))


def _of_state(one: Return, deadline: date) -> list[str]:
    left = (deadline - timezone.localdate()).days
    still = timezone.now() - one.last_event > STILL
    found = []
    if one.current_id is None and left <= SOON:
        found.append(f"nothing is loaded and {_days(left)}")
    if one.state in _BACK and timezone.now() - one.last_event > timedelta(days=3):
        found.append("it was sent back more than 3 days ago and nothing was done since")
    elif one.current_id is not None and still:
        found.append(f"nothing was done for {(timezone.now() - one.last_event).days} days")
    if one.to_fix and left <= SOON:
        found.append(
            f"{one.to_fix:,} {'error is' if one.to_fix == 1 else 'errors are'} left and {_days(left)}"
        )
    return found


def _days(left: int) -> str:
    if left < 0:
        return "the deadline is over"
    return "the deadline is today" if left == 0 else f"{left} {'day is' if left == 1 else 'days are'} left"


def _add_last_time(found: list[Return], round: Round, reasons: dict[int, list[str]]) -> None:
    """What became of the same school's return in the round this one was copied from."""
    before = round.copied_from
    if before is None or before.closes >= timezone.localdate():
        return
    owed = Return.objects.filter(round=before, organisation__in=[one.organisation_id for one in found])
    by_school = dict(owed.exclude(state=State.NOT_REQUIRED).values_list("organisation", "pk"))
    sent = Event.objects.filter(subject__in=by_school.values(), name="return_submitted")
    first = {pk: timezone.localdate(at) for pk, at in sent.values_list("subject").annotate(first=Min("at"))}
    for one in found:
        last = by_school.get(one.organisation_id)
        if last is not None and last not in first:
            reasons[one.pk].append("it did not send its return last time")
        elif last is not None and first[last] > before.closes:
            reasons[one.pk].append("it sent its return late last time")


def _add_people(viewer: Viewer, found: list[Return], round: Round, reasons: dict[int, list[str]]) -> None:
    """Who cannot get in, as the page 'Can everyone get in?' says it."""
    by_school = {one.organisation_id: one.pk for one in found}
    for one in readiness_of(viewer, round):
        if one.organisation.pk in by_school:
            missing = [f"not so yet: {check.what.lower()}" for check in one.missing[:2]]
            reasons[by_school[one.organisation.pk]] += missing
