"""Send files to other schools, list and take those received, and acknowledge them."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router, Schema, Status
from pydantic import Field

from muster_web.accounts.access import viewer_of
from muster_web.api.bodies import asks_for_file, asks_with_file, body_of, file_name_header, refuse_large
from muster_web.api.paging import Page, WantedPage, cut
from muster_web.api.shapes.transfers import (
    LearnerNumberShape,
    TransferPage,
    TransferShape,
    learner_number_as_shown,
    transfer_as_shown,
)
from muster_web.api.signing_in import asks
from muster_web.transfers.actions.receiving import acknowledge, take
from muster_web.transfers.actions.sending import MOST, send
from muster_web.transfers.actions.showing import note_shown
from muster_web.transfers.queries.learners import numbers_of
from muster_web.transfers.queries.mailbox import box_of, get_transfer, page_of

router = Router(tags=["Files between schools"])
_MOST_LISTED = 500


class WantedFiles(Schema):
    """Which box is wanted, how many files, and before which number."""

    box: Literal["waiting", "received", "sent"] = "waiting"
    before: int = Field(0, ge=0, le=2**62)
    most: int = Field(100, ge=1, le=_MOST_LISTED)


@router.post("/transfers", response={201: TransferShape}, **asks_with_file("files:send"))
def send_transfer(
    request: HttpRequest, response: HttpResponse, *, file_name: str = file_name_header()
) -> Any:
    """Send a common or admissions transfer file, or another that is zipped and encrypted, as the body of the request.

    Its name says where it goes; the answer is the receipt.
    """
    refuse_large(request, MOST, what_to_do="Send the pupils in several files.")
    sent = send(viewer=viewer_of(request), chunks=body_of(request), name=unquote(file_name))
    response["Location"] = f"/api/v1/transfers/{sent.transfer.pk}"
    return Status(201, transfer_as_shown(sent.transfer, sent.said))


@router.get("/transfers", response=TransferPage, **asks("files:read"))
def list_transfers(request: HttpRequest, wanted: Query[WantedFiles]) -> Any:
    """The files that wait, those received, or those sent, the latest first."""
    page = page_of(box_of(viewer_of(request), wanted.box), before=wanted.before, most=wanted.most)
    asked = request.GET.copy()
    asked["before"] = str(page.older)
    following = f"{request.path}?{asked.urlencode()}" if page.older else None
    return {"items": [transfer_as_shown(one) for one in page.files], "next": following}


@router.get("/transfers/{int:pk}", response=TransferShape, **asks("files:read"))
def show_transfer(request: HttpRequest, pk: int) -> Any:
    """The receipt of a file: whether it was opened and acknowledged, and when."""
    return transfer_as_shown(get_transfer(viewer_of(request), pk))


@router.get("/transfers/{int:pk}/file", **asks_for_file("files:read", "application/octet-stream"))
def take_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came; the first time its receiver takes it proves that it was opened."""
    viewer = viewer_of(request)
    one = get_transfer(viewer, pk)
    content = take(viewer=viewer, transfer=one)
    named = content_disposition_header(True, one.name) or "attachment"
    return HttpResponse(
        content, content_type="application/octet-stream", headers={"Content-Disposition": named}
    )


@router.post("/transfers/{int:pk}/acknowledgement", response=TransferShape, **asks("files:send"))
def acknowledge_transfer(request: HttpRequest, pk: int) -> Any:
    """Say that a file arrived whole and was dealt with."""
    viewer = viewer_of(request)
    acknowledge(viewer=viewer, transfer=get_transfer(viewer, pk))
    return transfer_as_shown(get_transfer(viewer, pk))


@router.get("/learner-numbers", response=Page[LearnerNumberShape], **asks("files:read"))
def list_learner_numbers(request: HttpRequest, wanted: WantedPage) -> Any:
    """The pupils on roll with their learner numbers, and where the last request for one stands."""
    viewer = viewer_of(request)
    pupils, about = cut(request, numbers_of(viewer), wanted)
    note_shown(viewer, pupils, "learner numbers")
    return {**about, "items": [learner_number_as_shown(one) for one in pupils]}
