"""Open, take and acknowledge a file that was sent, and talk about it with the other side."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.transfers.actions.telling import tell
from muster_web.transfers.models import Transfer, TransferMessage
from muster_web.transfers.permissions import is_party, is_receiver
from muster_web.transfers.stored import bytes_of

LONGEST = 2_000


def take(*, viewer: Viewer, transfer: Transfer) -> bytes:
    """The bytes of a file as they came, for its receiver or its sender; who takes it, and when first, is kept."""
    return _opened(viewer, transfer, "file_downloaded")


def open_to_import(*, viewer: Viewer, transfer: Transfer) -> bytes:
    """The bytes of a file for its receiver to compare with who is on roll; the first time counts as opening it."""
    if not is_receiver(viewer, transfer):
        raise NotAllowed("Only the school that a file was sent to imports it.")
    return _opened(viewer, transfer, "")


def _opened(viewer: Viewer, transfer: Transfer, event: str) -> bytes:
    if not is_party(viewer, transfer):
        raise NotAllowed("Only the two schools between which a file went read it.")
    content = bytes_of(transfer)
    with transaction.atomic():
        if is_receiver(viewer, transfer) and _note_first_opening(viewer, transfer):
            tell(transfer, "file_opened", viewer=viewer)
        if event:
            tell(transfer, event, viewer=viewer, sha256=transfer.sha256)
    return content


def _note_first_opening(viewer: Viewer, transfer: Transfer) -> bool:
    """Whether this is the first opening; of two at once only one is."""
    return bool(
        Transfer.objects.filter(pk=transfer.pk, opened=None).update(
            opened=timezone.now(), opened_by=viewer.user
        )
    )


@transaction.atomic
def acknowledge(*, viewer: Viewer, transfer: Transfer) -> None:
    """Say that the file arrived whole and was dealt with; said once."""
    if not is_receiver(viewer, transfer):
        raise NotAllowed("Only the school that a file was sent to acknowledges it.")
    if transfer.opened is None:
        raise NotAllowed("Open the file first: download it, or compare it with who is on roll.")
    done = Transfer.objects.filter(pk=transfer.pk, acknowledged=None)
    if done.update(acknowledged=timezone.now(), acknowledged_by=viewer.user):
        tell(transfer, "file_acknowledged", viewer=viewer)


@transaction.atomic
def say(*, viewer: Viewer, transfer: Transfer, text: str) -> TransferMessage:
    """Write to the other side about a file."""
    if not is_party(viewer, transfer):
        raise NotAllowed("Only the two schools between which a file went write about it.")
    if not text.strip() or len(text) > LONGEST:
        raise MusterError(f"Write something, of at most {LONGEST:,} letters.")
    said = TransferMessage.objects.create(
        transfer=transfer, text=text.strip(), by=viewer.user, service=viewer.service,
        acting_for=viewer.organisation,
    )  # fmt: skip
    tell(transfer, "message_written", viewer=viewer, message=said.pk)
    return said
