"""What every action on a file between schools writes: its event, and the audit event with it."""

from __future__ import annotations

from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.transfers.models import Transfer, TransferEvent


def tell(transfer: Transfer, event: str, *, viewer: Viewer, **data: object) -> TransferEvent:
    """Write one event of a file and the audit event with it; ``data`` names nobody."""
    told = TransferEvent.objects.create(
        transfer=transfer, name=event, by=viewer.user, service=viewer.service,
        acting_for=viewer.organisation, data=data,
    )  # fmt: skip
    about = [one for one in (transfer.sender_id, transfer.receiver_id) if one]
    record(
        event, actor=viewer.actor, acting_for=viewer.acting_for, organisations=about,
        subject=f"transfer:{transfer.pk}", data={"event": told.pk, **data},
    )  # fmt: skip
    return told
