"""Tell what happened to returns: other apps by a signal, the machines that may see one without anything of its data."""

from __future__ import annotations

from collections.abc import Collection

from django.dispatch import Signal

from muster_web.machines.actions import webhooks
from muster_web.returns.models import Event
from muster_web.returns.permissions import visible_returns

# Sent with ``events``, in their transaction: what follows from them in apps that this one does not know.
happened = Signal()


def announce(events: Collection[Event]) -> None:
    """Let other apps follow up events and write the notices of them, in their transaction."""
    happened.send(sender=Event, events=events)
    for one, viewer in webhooks.live():
        wanted = [event for event in events if event.name in one.events]
        seen = visible_returns(viewer).filter(pk__in={event.subject_id for event in wanted})
        visible = set(seen.values_list("pk", flat=True)) if wanted else set()
        webhooks.note(one, [(each.name, _body(each)) for each in wanted if each.subject_id in visible])


def _body(event: Event) -> dict[str, object]:
    return {
        "event": event.pk, "return": event.subject_id, "round": event.subject.round_id,
        "at": event.at.isoformat(timespec="seconds"), "state": event.subject.state,
    }  # fmt: skip
