"""Move a return one step along the state table: locked, allowed, told and audited, or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from muster.submit.states import BY_ACTION, SYSTEM, May, NotAllowed, State, follow
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.announcing import announce
from muster_web.returns.models import Event, Return
from muster_web.returns.permissions import may_do


def locked(subject: Return) -> Return:
    """The return as it stands now, locked until the transaction ends; call it within one."""
    rows = Return.objects.select_for_update(of=("self",)).select_related(
        "round", "organisation", "agent", "current"
    )
    return rows.get(pk=subject.pk)


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


def refuse_unless(answer: May) -> None:
    """Raise NotAllowed with the reason, and who can help, where the answer is no."""
    if not answer.allowed:
        help_from = f" Ask {answer.who}." if answer.who else ""
        raise NotAllowed(f"{answer.reason}{help_from}")


def tell(
    subject: Return,
    event: str,
    *,
    viewer: Viewer,
    comment: str = "",
    data: Mapping[str, object] | None = None,
) -> Event:
    """Write one event of a return and the audit event with it."""
    told = Event.objects.create(
        subject=subject, name=event, by=viewer.user, service=viewer.service, acting_for=viewer.organisation,
        comment=comment, data=dict(data or {}),
    )  # fmt: skip
    record(
        event, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"return:{subject.pk}",
        organisations=[one for one in (subject.organisation_id, subject.agent_id) if one],
        data={"event": told.pk, **(data or {})},
    )  # fmt: skip
    announce(told)
    return told
