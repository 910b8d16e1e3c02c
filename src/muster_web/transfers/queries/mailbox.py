"""The lists of a mailbox, a page at a time from the latest on, however many files there are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.transfers.models import Transfer, TransferEvent, TransferMessage
from muster_web.transfers.permissions import may, visible_transfers

PER_PAGE = 50
BOXES = {
    "waiting": "Waiting to be opened",
    "received": "All received",
    "sent": "Sent",
}


@dataclass(frozen=True)
class Listed:
    """One page of a box; ``older`` is the number to ask for the next page with, 0 where there is none."""

    files: list[Transfer]
    older: int


def box_of(viewer: Viewer, box: str) -> QuerySet[Transfer]:
    """The files in a box of the viewer's own organisation."""
    found = Transfer.objects.all()
    if not may(viewer, "exchange"):
        return found.none()
    if box == "sent":
        return found.filter(sender=viewer.organisation)
    found = found.filter(receiver=viewer.organisation)
    return found.filter(opened=None) if box == "waiting" else found


def page_of(files: QuerySet[Transfer], *, before: int = 0, most: int = PER_PAGE) -> Listed:
    """The files of a page, the latest first; ``before`` is the last number of the page before."""
    found = files.filter(pk__lt=before) if before else files
    rows = list(_shown(found).order_by("-pk")[: most + 1])
    return Listed(rows[:most], rows[most - 1].pk if len(rows) > most else 0)


def _shown(files: QuerySet[Transfer]) -> QuerySet[Transfer]:
    parts = ("sender", "receiver", "addressed")
    registers = [f"{name}__register" for name in parts]
    return files.select_related(*parts, "opened_by").defer(*registers)


def waiting_for(organisation: Organisation) -> int:
    """How many files nobody has opened yet."""
    return Transfer.objects.filter(receiver=organisation, opened=None).count()


def get_transfer(viewer: Viewer, pk: int) -> Transfer:
    """A file the viewer may see.  Raises Http404."""
    found = visible_transfers(viewer).select_related(
        "sender", "receiver", "addressed", "by", "opened_by", "acknowledged_by"
    )
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404("there is no such file")
    return one


def happened(transfer: Transfer) -> list[TransferEvent]:
    """What happened to a file, the last first, each with who did it."""
    return list(transfer.events.select_related("by", "acting_for").order_by("-pk")[:100])


def said_about(transfer: Transfer) -> list[TransferMessage]:
    """What both sides wrote about a file, the last first."""
    return list(transfer.messages.select_related("by", "acting_for").order_by("-pk")[:200])
