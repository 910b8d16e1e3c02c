"""Say why queries stand, by their fingerprints, and talk about a return; what a machine wrote is marked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from muster_web.accounts.access import viewer_of
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.signing_in import asks
from muster_web.returns.actions.explaining import LONGEST, confirm_notes, explain, say
from muster_web.returns.models import Message, Note, Return
from muster_web.returns.queries.notes import explanation, explanations_of, messages_of
from muster_web.returns.queries.one import get_return

router = Router(tags=["Notes and messages"])
READ, NOTE = asks("returns:read"), asks("returns:note")
_TEXT = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00]*$")]
_MARK = Annotated[str, Field(max_length=32, pattern=r"^[^\x00]*$")]


class Explanation(Schema):
    """Why a query stands."""

    text: _TEXT
    reason: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]*$")] = ""


class NoteShape(Schema):
    """An explanation; ``by_machine`` says that a service account wrote it, ``confirmed`` for which version it holds."""

    id: int
    fingerprint: str
    rule: str
    reason: str
    text: str
    at: datetime
    by: str
    by_machine: bool
    version: int | None
    confirmed: int | None


class Said(Schema):
    """A message; ``note`` is the number of the note it is about, none for the return."""

    text: _TEXT
    note: int | None = Field(None, ge=1, le=2**62)


class MessageShape(Schema):
    """One contribution to the thread of a return."""

    id: int
    note: int | None
    text: str
    at: datetime
    by: str
    by_machine: bool
    of: str


class Confirming(Schema):
    """The numbers of the explanations that still hold."""

    notes: Annotated[list[Annotated[int, Field(ge=1, le=2**62)]], Field(max_length=5_000)]


class Confirmed(Schema):
    """How many explanations were confirmed."""

    confirmed: int


def _note_as_shown(note: Note) -> dict[str, Any]:
    return {
        "id": note.pk, "fingerprint": note.fingerprint, "rule": note.rule, "reason": note.reason,
        "text": note.text, "at": note.at, "by": str(note.by or note.service), "by_machine": bool(note.service),
        "version": note.version.number if note.version else None,
        "confirmed": note.confirmed.number if note.confirmed else None,
    }  # fmt: skip


def _message_as_shown(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk, "note": message.note_id, "text": message.text, "at": message.at,
        "by": str(message.by or message.service), "by_machine": bool(message.service),
        "of": message.acting_for.name if message.acting_for else "",
    }  # fmt: skip


@router.get("/returns/{int:pk}/notes", response=Page[NoteShape], **READ)
def list_notes(request: HttpRequest, pk: int, wanted: WantedPage) -> Any:
    """The explanations of a return's findings; one stays with its fingerprint from version to version."""
    subject = get_return(viewer_of(request), pk)
    return page_of(request, explanations_of(subject), wanted, _note_as_shown)


@router.put("/returns/{int:pk}/notes/{fingerprint}", response=NoteShape, **NOTE)
def put_note(request: HttpRequest, pk: int, fingerprint: _MARK, said: Explanation) -> Any:
    """Explain one query; an explanation there was is replaced."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    explain(viewer=viewer, subject=subject, fingerprints=[fingerprint], text=said.text, reason=said.reason)
    return _note_as_shown(explanation(subject, fingerprint))


@router.post("/returns/{int:pk}/confirmed-notes", response=Confirmed, **NOTE)
def confirm_explanations(request: HttpRequest, pk: int, chosen: Confirming) -> Any:
    """Say that explanations carried over from an earlier version still hold."""
    viewer = viewer_of(request)
    return {"confirmed": confirm_notes(viewer=viewer, subject=get_return(viewer, pk), notes=chosen.notes)}


@router.get("/returns/{int:pk}/messages", response=Page[MessageShape], **READ)
def list_messages(request: HttpRequest, pk: int, wanted: WantedPage) -> Any:
    """The thread of a return, oldest first."""
    subject = get_return(viewer_of(request), pk)
    return page_of(request, messages_of(subject), wanted, _message_as_shown)


@router.post("/returns/{int:pk}/messages", response={201: MessageShape}, **NOTE)
def write_message(request: HttpRequest, pk: int, said: Said) -> Any:
    """Add to the thread of a return, or of one of its notes."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    note = None if said.note is None else _note(subject, said.note)
    return Status(201, _message_as_shown(say(viewer=viewer, subject=subject, text=said.text, note=note)))


def _note(subject: Return, pk: int) -> Note:
    return get_object_or_404(explanations_of(subject), pk=pk)
