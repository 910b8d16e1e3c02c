"""Tell what happened to returns: other apps by a signal, the machines that may see one without anything of its data.

Machines of whoever sent a file are told besides that it was checked, also where they may not see the return.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.dispatch import Signal
from django.utils import timezone

from muster_web.accounts.viewer import Viewer
from muster_web.machines.actions import webhooks
from muster_web.returns.models import Event, Upload, Version
from muster_web.returns.permissions import returns_to_send_for, visible_returns

# Sent with ``events``, in their transaction: what follows from them in apps that this one does not know.
happened = Signal()
_CHECKED = ("return_loaded", "file_refused")


def announce(events: Collection[Event]) -> None:
    """Let other apps follow up events and write the notices of them, in their transaction."""
    happened.send(sender=Event, events=events)
    for one, viewer in webhooks.live():
        wanted = [event for event in events if event.name in one.events]
        seen = visible_returns(viewer).filter(pk__in={event.subject_id for event in wanted})
        visible = set(seen.values_list("pk", flat=True)) if wanted else set()
        webhooks.note(one, [(each.name, _body(each)) for each in wanted if each.subject_id in visible])
    for event in events:
        if event.name in _CHECKED:
            _tell_senders(Version.objects.filter(subject=event.subject_id, number=event.data.get("version")))


def _tell_senders(versions: Iterable[Version]) -> None:
    """Tell the machines of who sent these files that they were checked, as far as they send for the return still."""
    for version in versions:
        for one, viewer in webhooks.live():
            if webhooks.UPLOAD_CHECKED in one.events and _sent(viewer, version):
                webhooks.note(one, [(webhooks.UPLOAD_CHECKED, _body_of_upload(version.upload))])


def _sent(viewer: Viewer, version: Version) -> bool:
    sent = version.upload is not None and version.upload.organisation == viewer.organisation
    return sent and returns_to_send_for(viewer).filter(pk=version.subject_id).exists()


def announce_refused(upload: Upload) -> None:
    """Tell the machines of who sent an upload that nothing of it could be taken."""
    for one, viewer in webhooks.live():
        if webhooks.UPLOAD_CHECKED in one.events and viewer.organisation == upload.organisation:
            webhooks.note(one, [(webhooks.UPLOAD_CHECKED, _body_of_upload(upload))])


def _body_of_upload(upload: Upload | None) -> dict[str, object]:
    """Which upload it was, and nothing of whose data were in it."""
    assert upload is not None, "only what was sent is told of"
    now = timezone.now().isoformat(timespec="seconds")
    return {"upload": str(upload.pk), "round": upload.round_id, "at": now}


def _body(event: Event) -> dict[str, object]:
    return {
        "event": event.pk, "return": event.subject_id, "round": event.subject.round_id,
        "at": event.at.isoformat(timespec="seconds"), "state": event.subject.state,
    }  # fmt: skip
