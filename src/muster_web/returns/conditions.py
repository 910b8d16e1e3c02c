"""The conditions of the state table: for each that does not hold of a return, why, looked up only where it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from muster.model.words import date_in_words
from muster.submit.states import SENT, State
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Case, CaseSide, Event, Return

_CHANGED = ("return_uploaded", "return_edited", "return_edited_for_provider", "return_submitted")


def obstacles(
    subject: Return, viewer: Viewer, conditions: Iterable[str], *, known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Why each of some conditions does not hold, '' where it does; what is ``known`` already is not looked up.

    A condition that only a request can meet, such as a reason given, holds until the request says otherwise.
    """
    given = known or {}
    asked = [name for name in conditions if name not in given and name in _WHY]
    return {**given, **{name: _WHY[name](subject, viewer) for name in asked}}


def obstacles_of_many(
    subjects: Iterable[Return], viewer: Viewer, conditions: Iterable[str]
) -> dict[int, dict[str, str]]:
    """For each return what stands in the way of those conditions that can be looked up for many at once."""
    listed = list(subjects)
    found: dict[int, dict[str, str]] = {one.pk: {} for one in listed}
    for name in set(conditions) & _WHY_OF_MANY.keys():
        for pk, why in _WHY_OF_MANY[name](listed, viewer).items():
            found[pk][name] = why
    return found


def _closed(subject: Return, _viewer: Viewer) -> str:
    today = timezone.localdate()
    if subject.round.is_open or (subject.reopened_until and today <= subject.reopened_until):
        return ""
    opens, closes = subject.round.opens, subject.round.closes
    day = opens if today < opens else closes
    said = "opens on" if today < opens else "closed on"
    return f"{subject.round.title} {said} {date_in_words(day)}."


def _counted(number: int, one: str, many: str, rest: str) -> str:
    return f"{number:,} {one if number == 1 else many} {rest}" if number else ""


def _unsigned(subject: Return, _viewer: Viewer) -> str:
    if not subject.round.sign_off or subject.current is None:
        return ""
    signed = subject.current.signatures.filter(withdrawn=None, revision=subject.revision).exists()
    return "" if signed else "The head has not signed this version of the summary."


def _same_person(subject: Return, viewer: Viewer) -> str:
    return _same_persons([subject], viewer)[subject.pk]


def _same_persons(subjects: list[Return], viewer: Viewer) -> dict[int, str]:
    """The two-person rule: whoever changed a return last does not approve it."""
    events = Event.objects.filter(subject__in=subjects, name__in=_CHANGED).order_by("pk")
    last = {subject: who for subject, *who in events.values_list("subject", "by", "service")}
    here = [viewer.user.pk if viewer.user else None, viewer.service]
    somebody = viewer.user is not None or viewer.service != ""
    return {
        one.pk: _MINE if somebody and one.round.two_people and last.get(one.pk) == here else ""
        for one in subjects
    }


_MINE = "You changed or sent this return yourself; another approver has to approve it."


def cases_in_the_way(subject: Return) -> QuerySet[Case]:
    """The cases that stop a return from being authorised: open ones, and those that wait for its own correction."""
    return Case.objects.filter(sides__in=_sides_in_the_way([subject]))


def _sides_in_the_way(subjects: list[Return]) -> QuerySet[CaseSide]:
    settled = (Case.State.AGREED, Case.State.DECIDED)
    is_open = Q(case__state=Case.State.OPEN)
    waits = Q(case__state__in=settled, case__outcome=Case.Outcome.CORRECT, case__at_fault=F("subject"))
    return CaseSide.objects.filter(is_open | waits, subject__in=subjects)


def _in_a_case(subject: Return, viewer: Viewer) -> str:
    return _in_cases([subject], viewer)[subject.pk]


def _in_cases(subjects: list[Return], _viewer: Viewer) -> dict[int, str]:
    """Records that returns share with other schools' and that are not settled; asked once somebody could authorise."""
    asked = [one for one in subjects if State(one.state) in SENT | {State.APPROVED}]
    found = Counter(_sides_in_the_way(asked).values_list("subject", flat=True)) if asked else Counter[int]()
    rest = "with another school to be settled first."
    return {one.pk: _counted(found[one.pk], "case", "cases", rest) for one in subjects}


def _too_long_ago(subject: Return, _viewer: Viewer) -> str:
    old = timezone.now() - subject.last_event > timedelta(days=30)
    return "It was withdrawn more than 30 days ago." if old else ""


_WHY: dict[str, Callable[[Return, Viewer], str]] = {
    "collection_open": _closed,
    "edits_allowed": lambda one, _: (
        "" if one.round.edits_allowed else "This collection takes no changes on screen."
    ),
    "nothing_to_fix": lambda one, _: _counted(one.to_fix, "error has", "errors have", "to be fixed."),
    "nothing_to_explain": lambda one, _: _counted(
        one.to_explain, "query needs", "queries need", "an explanation."
    ),
    "signed_by_head": _unsigned,
    "not_yet_opened": lambda one, _: (
        "The authority has begun to look at it; ask it to send the return back."
        if one.opened_by_agent
        else ""
    ),
    "has_agent": lambda one, _: (
        "" if one.agent_id else "No authority checks this return; the department does."
    ),
    "another_person": _same_person,
    "approved_where_needed": lambda one, _: (
        "Its authority has not approved it." if one.agent_id and one.state != State.APPROVED else ""
    ),
    "no_open_case": _in_a_case,
    "was_reopened": lambda one, _: "" if one.reopened_until else "It was not reopened.",
    "within_thirty_days": _too_long_ago,
}
_WHY_OF_MANY: dict[str, Callable[[list[Return], Viewer], dict[int, str]]] = {
    "another_person": _same_persons,
    "no_open_case": _in_cases,
}
