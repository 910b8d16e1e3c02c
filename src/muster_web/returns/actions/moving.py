"""Move a return one step along the state table: locked, allowed, told and audited, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from muster.submit.states import BY_ACTION, SYSTEM, May, NotAllowed, State, follow
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import Entry, record, record_many
from muster_web.returns.actions.announcing import announce
from muster_web.returns.actions.writing import write_of
from muster_web.returns.models import Event, Return
from muster_web.returns.permissions import may_do, may_do_many


def locked(subject: Return) -> Return:
    """The return as it stands now, locked until the transaction ends; call it within one."""
    return _locking().get(pk=subject.pk)


def _locking() -> QuerySet[Return]:
    rows = Return.objects.select_for_update(of=("self",))
    return rows.select_related("round", "organisation", "agent", "current").defer(
        "organisation__register", "agent__register"
    )


@transaction.atomic
def move(
    subject: Return,
    action: str,
    *,
    viewer: Viewer,
    comment: str = "",
    data: Mapping[str, object] | None = None,
    given: Mapping[str, str] | None = None,
) -> Return:
    """Take one action of the state table; raises NotAllowed with the reason where it may not be taken.

    Of two people acting at once the second finds the state the first left, and is told so.
    """
    now = locked(subject)
    if BY_ACTION[action].permission != SYSTEM:
        refuse_unless(may_do(viewer, now, action, given=given))
    before = State(now.state)
    after = follow(action, before, before=State(now.before_queue))
    if action == "upload":
        now.before_queue = before
    now.state, now.last_event = after, timezone.now()
    now.save(update_fields=["state", "before_queue", "last_event"])
    tell(now, BY_ACTION[action].event, viewer=viewer, comment=comment, data=data)
    return now


@transaction.atomic
def move_many(
    subjects: Iterable[Return], action: str, *, viewer: Viewer, comment: str = ""
) -> list[tuple[Return, May]]:
    """Take one action of a person on many returns; each with the answer, and those answered no are as they were.

    Each that is moved has its own event and its own line in the audit.  The returns are locked in one order before
    the chain is, so that two people who decide on many at once only wait for each other.
    """
    to, now = BY_ACTION[action].to, timezone.now()
    assert to is not None, "a batch leads to one state"
    rows = _locking().filter(pk__in=[one.pk for one in subjects]).order_by("pk")
    answered = may_do_many(viewer, rows, action)
    moved = [one for one, answer in answered if answer.allowed]
    Return.objects.filter(pk__in=[one.pk for one in moved]).update(state=to, last_event=now)
    for one in moved:
        one.state, one.last_event = to, now
    events = [_event(one, BY_ACTION[action].event, viewer, comment, {}) for one in moved]
    record_many([_entry(told, viewer) for told in Event.objects.bulk_create(events, batch_size=500)])
    announce(events)
    return answered


def refuse_unless(answer: May) -> None:
    """Raise NotAllowed with the reason, and who can help, where the answer is no."""
    if not answer.allowed:
        raise NotAllowed(why_not(answer))


def why_not(answer: May) -> str:
    """The reason of a no and who can help, as people read it."""
    help_from = f" Ask {answer.who}." if answer.who else ""
    return f"{answer.reason}{help_from}"


def tell(
    subject: Return,
    event: str,
    *,
    viewer: Viewer,
    comment: str = "",
    data: Mapping[str, object] | None = None,
) -> Event:
    """Write one event of a return and the audit event with it."""
    told = _event(subject, event, viewer, comment, dict(data or {}))
    told.save(force_insert=True)
    record(**vars(_entry(told, viewer)))
    announce([told])
    write_of(told)
    return told


def _event(subject: Return, name: str, viewer: Viewer, comment: str, data: dict[str, object]) -> Event:
    return Event(
        subject=subject, name=name, by=viewer.user, service=viewer.service, acting_for=viewer.organisation,
        comment=comment, data=data,
    )  # fmt: skip


def _entry(told: Event, viewer: Viewer) -> Entry:
    """The line of the audit that goes with an event."""
    subject = told.subject
    about = [one for one in (subject.organisation_id, subject.agent_id) if one]
    return Entry(
        told.name,
        viewer.actor,
        viewer.acting_for,
        about,
        f"return:{subject.pk}",
        {"event": told.pk, **told.data},
    )
