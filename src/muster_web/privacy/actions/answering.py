"""Answer a subject access request: one zip with everything about a person, noted in the audit."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from muster.model.words import date_in_words
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import read_of, record
from muster_web.privacy.queries import subject_access
from muster_web.privacy.queries.subject_access import Answer, Held, Wanted, look_for

_README = """\
What {organisation} holds about one person in the returns kept here, put together on {day}.

about.json     what was looked through
returns.json   every version of every return the person is in, item by item
findings.json  what checking found about the person
said.json      what people wrote about that
changes.json   values of the person that were changed on screen
seen.json      when the person's records were looked at or changed, and for which organisation

{returns} returns with {versions} files were looked through; the person is in {held} of the returns.{unread}
Names and numbers of other people were taken out of texts that people wrote, by machine: read them before you pass
this on.
Values are as they were sent. Each file is JSON: text that people and programs can read.
"""


@dataclass(frozen=True)
class Pack:
    """The answer as a zip, and in how many returns the person is."""

    content: bytes
    returns: int


def answer_request(*, viewer: Viewer, wanted: Wanted) -> Pack | None:
    """Put together everything about a person; None where nothing is held.  Raises NotAllowed or MusterError.

    The audit says that it was done and for which returns, never who was looked for.
    """
    if viewer.organisation is None:
        raise NotAllowed("Choose the organisation you act for first.")
    answer = look_for(viewer, wanted)
    content = _zip(viewer, answer) if answer.held else b""
    _note(viewer, answer, content)
    return Pack(content, len(answer.held)) if answer.held else None


def _zip(viewer: Viewer, answer: Answer) -> bytes:
    out = io.BytesIO()
    parts = {
        "about.json": _about(viewer, answer),
        "returns.json": [{"return": str(one.subject), "versions": one.versions} for one in answer.held],
        "findings.json": _of_each(answer, subject_access.findings_of),
        "said.json": _of_each(answer, subject_access.said_of),
        "changes.json": _of_each(answer, subject_access.edits_of),
        "seen.json": _of_each(answer, subject_access.looked_at),
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(viewer, answer))
        for name, said in parts.items():
            archive.writestr(name, json.dumps(said, ensure_ascii=False, indent=1, default=str))
    return out.getvalue()


def _of_each(answer: Answer, ask: Callable[[Held], Iterator[dict[str, Any]]]) -> list[dict[str, object]]:
    return [{"return": str(one.subject), "found": list(ask(one))} for one in answer.held]


def _about(viewer: Viewer, answer: Answer) -> dict[str, object]:
    return {
        "for": str(viewer.organisation), "at": timezone.now().isoformat(timespec="seconds"),
        "returns_looked_through": answer.returns, "files_looked_through": answer.versions,
        "files_that_could_not_be_read": list(answer.unread),
    }  # fmt: skip


def _readme(viewer: Viewer, answer: Answer) -> str:
    today = timezone.localdate()
    unread = (
        f"\n{len(answer.unread)} files could not be read; about.json names them." if answer.unread else ""
    )
    return _README.format(
        organisation=viewer.organisation, day=date_in_words(today), returns=answer.returns,
        versions=answer.versions, held=len(answer.held), unread=unread,
    )  # fmt: skip


@transaction.atomic
def _note(viewer: Viewer, answer: Answer, content: bytes) -> None:
    owners = {one.subject.organisation_id for one in answer.held}
    record(
        "subject_access_answered", actor=viewer.actor, acting_for=viewer.acting_for, organisations=owners,
        data={
            "looked_through": answer.returns, "returns": [one.subject.pk for one in answer.held],
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    )  # fmt: skip
    for one in answer.held:
        _note_read(viewer, one)


def _note_read(viewer: Viewer, held: Held) -> None:
    about = [held.subject.organisation_id]
    read_of(
        viewer,
        subject=f"return:{held.subject.pk}",
        records=held.marks,
        organisations=about,
        page="subject_access",
    )
