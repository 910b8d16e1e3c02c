"""Submit, take back, approve, send back, authorise and reopen.  Signing is left to people: no address does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from muster_web.accounts.access import viewer_of
from muster_web.api.shapes.receipts import ReceiptShape, receipt_as_shown
from muster_web.api.shapes.returns import ReturnShape, return_as_shown
from muster_web.api.signing_in import asks
from muster_web.returns.actions import deciding
from muster_web.returns.permissions import may_do_many
from muster_web.returns.queries import board
from muster_web.returns.queries.one import Standing, get_return

router = Router(tags=["Decisions"])
_SUBMIT, _DECIDE = asks("returns:submit"), asks("returns:decide")
_TEXT = Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")]
_MOST_AT_ONCE = 1_000


class Comment(Schema):
    """What is said with an approval; it can be empty."""

    comment: _TEXT = ""


class Reason(Schema):
    """Why a return is sent back: what the school has to do."""

    reason: _TEXT


class Reopening(Schema):
    """Why a return is reopened, and until which day it can be put right."""

    reason: _TEXT
    until: date


class Batch(Schema):
    """The returns to approve; with ``dry_run`` it is only said which could be."""

    returns: Annotated[
        list[Annotated[int, Field(ge=1, le=2**31)]], Field(min_length=1, max_length=_MOST_AT_ONCE)
    ]
    comment: _TEXT = ""
    dry_run: bool = False


class Decided(Schema):
    """What became of one return of a batch; ``why`` says what stands in the way of one that was left."""

    id: int
    done: bool
    why: str


def _decide(request: HttpRequest, pk: int, action: Callable[..., object], **said: object) -> dict[str, Any]:
    viewer = viewer_of(request)
    action(viewer=viewer, subject=get_return(viewer, pk), **said)
    return return_as_shown(Standing(get_return(viewer, pk), viewer))


@router.post("/returns/{int:pk}/submit", response=ReceiptShape, **_SUBMIT)
def submit_return(request: HttpRequest, pk: int) -> Any:
    """Send a return on and get its receipt; what stands in the way is told, as ``may`` of the return says before."""
    viewer = viewer_of(request)
    return receipt_as_shown(deciding.submit(viewer=viewer, subject=get_return(viewer, pk)))


@router.post("/returns/{int:pk}/withdraw", response=ReturnShape, **_SUBMIT)
def withdraw_submission(request: HttpRequest, pk: int) -> Any:
    """Take a submission back while nobody has looked at it."""
    return _decide(request, pk, deciding.withdraw)


@router.post("/returns/{int:pk}/approve", response=ReturnShape, **_DECIDE)
def approve_return(request: HttpRequest, pk: int, said: Comment) -> Any:
    """Approve a return, as its authority."""
    return _decide(request, pk, deciding.approve, comment=said.comment)


@router.post("/returns/{int:pk}/send-back", response=ReturnShape, **_DECIDE)
def send_return_back(request: HttpRequest, pk: int, said: Reason) -> Any:
    """Give a return back to be put right, as its authority or as the department."""
    return _decide(request, pk, deciding.send_back, reason=said.reason)


@router.post("/returns/{int:pk}/authorise", response=ReceiptShape, **_DECIDE)
def authorise_return(request: HttpRequest, pk: int) -> Any:
    """Take a return as the official one, as the department."""
    viewer = viewer_of(request)
    return receipt_as_shown(deciding.authorise(viewer=viewer, subject=get_return(viewer, pk)))


@router.post("/returns/{int:pk}/reopen", response=ReturnShape, **_DECIDE)
def reopen_return(request: HttpRequest, pk: int, said: Reopening) -> Any:
    """Let an authorised return be put right until a day; the authorised version stays the official one meanwhile."""
    return _decide(request, pk, deciding.reopen, reason=said.reason, until=said.until)


@router.post("/rounds/{int:round}/approve", response=list[Decided], **_DECIDE)
def approve_returns(request: HttpRequest, round: int, batch: Batch) -> Any:
    """Approve many returns of a round at once; each that cannot be is left as it is, with the reason."""
    viewer = viewer_of(request)
    found = board.returns_of(viewer, board.get_round(viewer, round)).filter(pk__in=batch.returns)
    subjects = list(found)
    if batch.dry_run:
        answered = may_do_many(viewer, subjects, "approve")
        done = [deciding.Decided(one, may.allowed, may.reason) for one, may in answered]
    else:
        done = deciding.approve_many(viewer=viewer, subjects=subjects, comment=batch.comment)
    said = {one.subject.pk: {"id": one.subject.pk, "done": one.done, "why": one.why} for one in done}
    return [said.get(pk, {"id": pk, "done": False, "why": "Not found."}) for pk in batch.returns]
