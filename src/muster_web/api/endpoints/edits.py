"""The values that were changed here: to be put right in the school's own system, answered, or taken back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from muster_web.accounts.access import viewer_of
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.shapes.edits import EditShape, edit_as_shown
from muster_web.api.signing_in import asks
from muster_web.returns.actions.editing import answer_change, take_back
from muster_web.returns.models import Edit
from muster_web.returns.queries.one import get_return

router = Router(tags=["Changes"])
_EDIT = asks("returns:edit")


class Answer(Schema):
    """Whether the provider accepts a value that was changed for it."""

    accepted: bool


@router.get("/returns/{int:pk}/edits", response=Page[EditShape], **asks("returns:read"))
def list_edits(request: HttpRequest, pk: int, wanted: WantedPage) -> Any:
    """The changes of a return, the last first."""
    subject = get_return(viewer_of(request), pk)
    return page_of(request, subject.edits.order_by("-pk"), wanted, edit_as_shown)


@router.api_operation(["DELETE"], "/returns/{int:pk}/edits/{int:edit}", response=EditShape, **_EDIT)
def take_edit_back(request: HttpRequest, pk: int, edit: int) -> Any:
    """Take a change back; the value of the file counts again."""
    viewer = viewer_of(request)
    found = _edit(request, pk, edit)
    take_back(viewer=viewer, edit=found)
    return edit_as_shown(found)


@router.post("/returns/{int:pk}/edits/{int:edit}/answer", response=EditShape, **_EDIT)
def answer_edit(request: HttpRequest, pk: int, edit: int, answer: Answer) -> Any:
    """Accept or dispute a value that somebody else changed in this organisation's return."""
    found = answer_change(viewer=viewer_of(request), edit=_edit(request, pk, edit), accepted=answer.accepted)
    return edit_as_shown(found)


def _edit(request: HttpRequest, pk: int, edit: int) -> Edit:
    subject = get_return(viewer_of(request), pk)
    return get_object_or_404(subject.edits.filter(state=Edit.State.OPEN), pk=edit)
