"""Receipts as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from muster_web.returns.actions.deciding import is_genuine
from muster_web.returns.models import Receipt


class ReceiptShape(Schema):
    """Proof of what was sent: ``sha256`` is of the file, ``genuine`` whether the receipt is as it was given."""

    id: UUID
    kind: str
    of: int
    organisation: str
    round: str
    at: datetime
    sha256: str
    counts: dict[str, int]
    signature: str
    genuine: bool


def receipt_as_shown(receipt: Receipt) -> dict[str, Any]:
    """A receipt."""
    subject = receipt.version.subject
    return {
        "id": receipt.pk, "kind": receipt.kind, "of": subject.pk, "organisation": str(subject.organisation),
        "round": str(subject.round), "at": receipt.at, "sha256": receipt.sha256, "counts": receipt.counts,
        "signature": receipt.signature, "genuine": is_genuine(receipt),
    }  # fmt: skip
