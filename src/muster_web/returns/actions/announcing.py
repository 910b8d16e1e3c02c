"""Tell the machines that may see a return what happened to it, without anything of what is in it."""

from __future__ import annotations

from muster_web.machines.actions import webhooks
from muster_web.returns.models import Event
from muster_web.returns.permissions import visible_returns


def announce(event: Event) -> None:
    """Write the notices of an event, in its transaction; none where nobody asked to be told."""
    wanting = [
        one for one, viewer in webhooks.live()
        if event.name in one.events and visible_returns(viewer).filter(pk=event.subject_id).exists()
    ]  # fmt: skip
    if wanting:
        body: dict[str, object] = {
            "event": event.pk, "return": event.subject_id, "round": event.subject.round_id,
            "at": event.at.isoformat(timespec="seconds"), "state": event.subject.state,
        }  # fmt: skip
        webhooks.note(event=event.name, body=body, subscriptions=wanting)
