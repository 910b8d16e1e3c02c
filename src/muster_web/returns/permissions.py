"""What a viewer may do with one return, and which returns they may see at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from muster.submit.states import SENT, TABLE, May, State, may
from muster_web.accounts.models import Access, Organisation
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Case, Return

# What each level of access lets another organisation do, if the roles held there permit it too.
_LEVELS = {
    Access.Level.VIEW: frozenset({"see"}),
    Access.Level.HELP: frozenset({"see", "upload", "edit_for", "note", "export"}),
    Access.Level.SUBMIT_FOR: frozenset({"see", "upload", "edit_for", "note", "export", "submit"}),
}


def visible_returns(viewer: Viewer) -> QuerySet[Return]:
    """The returns a viewer may see: their own organisation's, those it checks, those it was let into, or all."""
    found = Return.objects.select_related("round", "organisation", "agent", "current").defer(
        "organisation__register", "agent__register"
    )
    if viewer.organisation is None:
        return found.none()
    collections = _collections(viewer)
    if not collections:
        return found.none()
    found = found if "" in collections else found.filter(round__collection__in=collections)
    if viewer.organisation.kind == Organisation.Kind.DEPARTMENT:
        return found
    mine = Q(organisation=viewer.organisation) | Q(agent=viewer.organisation)
    return found.filter(mine | Exists(_access_to(viewer.organisation)))


def _collections(viewer: Viewer) -> frozenset[str]:
    seeing = [
        one for one in viewer.held if "see" in Viewer(None, None, held=[one]).permissions_for(one.collection)
    ]
    return frozenset(one.collection for one in seeing)


def _access_to(receiver: Organisation) -> QuerySet[Access]:
    about = Q(collection="") | Q(collection=OuterRef("round__collection"))
    return Access.objects.filter(Access.in_force(), about, giver=OuterRef("organisation"), receiver=receiver)


def permissions(viewer: Viewer, subject: Return) -> frozenset[str]:
    """What a viewer may do with a return, by their roles and by how their organisation stands to it."""
    if viewer.organisation is None:
        return frozenset()
    held = viewer.permissions_for(subject.round.collection)
    here = viewer.organisation.pk
    if here in (subject.organisation_id, subject.agent_id):
        return held
    if viewer.organisation.kind == Organisation.Kind.DEPARTMENT and Role.COLLECTOR in viewer.roles:
        return held
    return held & _let_in(viewer.organisation, subject)


def _let_in(receiver: Organisation, subject: Return) -> frozenset[str]:
    given = Access.objects.filter(
        Access.in_force(),
        Q(collection="") | Q(collection=subject.round.collection),
        giver=subject.organisation_id,
        receiver=receiver,
    )
    return frozenset().union(*(_LEVELS[Access.Level(one.level)] for one in given))


def may_do(viewer: Viewer, subject: Return, action: str, *, given: Mapping[str, str] | None = None) -> May:
    """Whether the viewer may do this now, and if not why and who can help.

    ``given`` adds what only the request knows: a condition such as ``reason_given`` with what stands in its way.
    """
    standing = {**obstacles(subject, viewer), **(given or {})}
    return may(action, State(subject.state), permissions(viewer, subject), obstacles=standing)


def may_flags(viewer: Viewer, subject: Return) -> dict[str, May]:
    """The answer for every action a person can take, as the pages and the API show it."""
    held, standing = permissions(viewer, subject), obstacles(subject, viewer)
    actions = [row.action for row in TABLE if row.permission != "system"]
    return {one: may(one, State(subject.state), held, obstacles=standing) for one in actions}


def obstacles(subject: Return, viewer: Viewer) -> dict[str, str]:
    """For each condition of the state table that does not hold for a return, why."""
    found = {
        "collection_open": _closed(subject),
        "edits_allowed": "" if subject.round.edits_allowed else "This collection takes no changes on screen.",
        "nothing_to_fix": _count(subject.to_fix, "error has", "errors have", "to be fixed."),
        "nothing_to_explain": _count(subject.to_explain, "query needs", "queries need", "an explanation."),
        "signed_by_head": _unsigned(subject),
        "not_yet_opened": "The authority has begun to look at it; ask it to send the return back."
        if subject.opened_by_agent
        else "",
        "has_agent": "" if subject.agent_id else "No authority checks this return; the department does.",
        "another_person": _same_person(subject, viewer),
        "approved_where_needed": "Its authority has not approved it."
        if subject.agent_id and subject.state != State.APPROVED
        else "",
        "no_open_case": _in_a_case(subject),
        "was_reopened": "" if subject.reopened_until else "It was not reopened.",
        "within_thirty_days": _too_long_ago(subject),
    }
    return {name: reason for name, reason in found.items() if reason}


def _closed(subject: Return) -> str:
    today = timezone.localdate()
    if subject.round.is_open or (subject.reopened_until and today <= subject.reopened_until):
        return ""
    opens, closes = subject.round.opens, subject.round.closes
    day = opens if today < opens else closes
    said = "opens on" if today < opens else "closed on"
    return f"{subject.round.title} {said} {day.day} {day:%B %Y}."


def _count(number: int, one: str, many: str, rest: str) -> str:
    return f"{number:,} {one if number == 1 else many} {rest}" if number else ""


def _unsigned(subject: Return) -> str:
    if not subject.round.sign_off or subject.current is None:
        return ""
    signed = subject.current.signatures.filter(withdrawn=None, revision=subject.revision).exists()
    return "" if signed else "The head has not signed this version of the summary."


def _same_person(subject: Return, viewer: Viewer) -> str:
    """The two-person rule: whoever changed the return last does not approve it."""
    if not subject.round.two_people or not (viewer.user or viewer.service):
        return ""
    changed = ("return_uploaded", "return_edited", "return_edited_for_provider", "return_submitted")
    last = subject.events.filter(name__in=changed).order_by("-pk").first()
    here = (viewer.user.pk if viewer.user else None, viewer.service)
    mine = last is not None and (last.by_id, last.service) == here
    return "You changed or sent this return yourself; another approver has to approve it." if mine else ""


def cases_in_the_way(subject: Return) -> QuerySet[Case]:
    """The cases that stop a return from being authorised: open ones, and those that wait for its own correction."""
    settled = (Case.State.AGREED, Case.State.DECIDED)
    waits = Q(state__in=settled, outcome=Case.Outcome.CORRECT, at_fault=subject)
    return Case.objects.filter(Q(state=Case.State.OPEN) | waits, sides__subject=subject)


def _in_a_case(subject: Return) -> str:
    """Records it shares with another school's return and that are not settled."""
    if State(subject.state) not in SENT | {State.APPROVED}:
        return ""  # nobody can authorise it yet, so nobody has to ask
    return _count(
        cases_in_the_way(subject).count(), "case", "cases", "with another school to be settled first."
    )


def _too_long_ago(subject: Return) -> str:
    old = timezone.now() - subject.last_event > timedelta(days=30)
    return "It was withdrawn more than 30 days ago." if old else ""
