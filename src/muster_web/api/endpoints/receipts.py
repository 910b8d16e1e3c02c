"""Receipts, for whoever holds their number: what was sent, and whether a file is the one it vouches for."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from muster_web.accounts.access import viewer_of
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.shapes.receipts import ReceiptShape, receipt_as_shown
from muster_web.api.signing_in import asks, asks_nothing
from muster_web.returns.actions.deciding import is_genuine
from muster_web.returns.models import Receipt
from muster_web.returns.queries.one import get_return

router = Router(tags=["Receipts"])


class Held(Schema):
    """What somebody holds: the SHA-256 of the file, and the return and version they were told it is of."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-fA-F]{64}$")]
    of: int | None = None
    signature: Annotated[str, Field(max_length=128)] = ""


class Verified(Schema):
    """Whether the receipt is genuine and vouches for what was shown; ``why`` says what does not fit."""

    genuine: bool
    same_file: bool
    verified: bool
    why: str


def _receipts() -> Any:
    return Receipt.objects.select_related("version__subject__organisation", "version__subject__round")


@router.get("/returns/{int:pk}/receipts", response=Page[ReceiptShape], **asks("returns:read"))
def list_receipts(request: HttpRequest, pk: int, wanted: WantedPage) -> Any:
    """The receipts of a return, the last first."""
    subject = get_return(viewer_of(request), pk)
    return page_of(
        request, _receipts().filter(version__subject=subject).order_by("-at"), wanted, receipt_as_shown
    )


@router.get("/receipts/{uuid:pk}", response=ReceiptShape, **asks_nothing())
def show_receipt(request: HttpRequest, pk: UUID) -> Any:
    """One receipt; its number cannot be guessed, and it names nobody."""
    return receipt_as_shown(get_object_or_404(_receipts(), pk=pk))


@router.post("/receipts/{uuid:pk}/verify", response=Verified, **asks_nothing())
def verify_receipt(request: HttpRequest, pk: UUID, held: Held) -> Any:
    """Whether a file, by its SHA-256, is the one a receipt was given for; one shown for another is found out."""
    receipt = get_object_or_404(_receipts(), pk=pk)
    faults = {
        "the receipt was changed since it was given": not is_genuine(receipt),
        "the file is another than the one that was sent": held.sha256.lower() != receipt.sha256,
        "the receipt is of another return": held.of not in (None, receipt.version.subject_id),
        "the signature is not that of the receipt": held.signature not in ("", receipt.signature),
    }
    found = [fault for fault, stands in faults.items() if stands]
    same = held.sha256.lower() == receipt.sha256
    return {"genuine": is_genuine(receipt), "same_file": same, "verified": not found, "why": "; ".join(found)}
