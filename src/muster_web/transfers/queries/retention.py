"""How long the files between schools are kept, by the schedule of their collection, and which were kept long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from muster.catalogue.privacy import load_privacy
from muster.model.days import months_on
from muster.model.privacy import Kept
from muster_web.transfers.models import LearnerBatch, Pupil, Transfer
from muster_web.transfers.permissions import COLLECTION

OPENED, UNOPENED, LOST = "opened files", "unopened files", "lost pupils"
LEFT, ON_ROLL, BATCHES = "pupils who left", "pupils on roll", "learner batches"


@dataclass(frozen=True)
class Goes:
    """The day on which a file's bytes go, and how many days that is from today."""

    on: date
    days: int


def schedule() -> dict[str, Kept]:
    """The lines of the schedule that are about files, pupils and batches, by what they are about."""
    kept = load_privacy(COLLECTION).kept
    return {one.what: one for one in kept if one.what in (OPENED, UNOPENED, LOST, LEFT, ON_ROLL, BATCHES)}


def goes_on(transfer: Transfer) -> Goes:
    """When a file goes: so long after it was opened, or else after it was sent."""
    what = OPENED if transfer.opened else LOST if _is_lost(transfer) else UNOPENED
    day = timezone.localtime(transfer.opened or transfer.sent).date()
    on = months_on(day, schedule()[what].months)
    return Goes(on, max(0, (on - timezone.localdate()).days))


def _is_lost(transfer: Transfer) -> bool:
    return transfer.lost and transfer.receiver_id is None


def files_before(what: str, day: date) -> QuerySet[Transfer]:
    """The files of one line of the schedule whose time began on a day or earlier, and whose bytes are still here."""
    found = Transfer.objects.exclude(sealed_key="")
    if what == OPENED:
        return found.filter(opened__date__lte=day)
    lost = Q(lost=True, receiver=None)
    found = found.filter(opened=None, sent__date__lte=day)
    return found.filter(lost) if what == LOST else found.exclude(lost)


def pupils_before(what: str, day: date) -> QuerySet[Pupil]:
    """The pupils who left, or whom nothing renewed on the roll, on a day or earlier."""
    if what == LEFT:
        return Pupil.objects.filter(left__lte=day)
    return Pupil.objects.filter(left=None, changed__date__lte=day)


def batches_before(day: date) -> QuerySet[LearnerBatch]:
    """The batches made on a day or earlier whose bytes are still here."""
    return LearnerBatch.objects.filter(at__date__lte=day).exclude(sealed_key="")
