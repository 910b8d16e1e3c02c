"""Put documents into the file of a school, and let people read them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.keeping import keep_sent, refuse_name
from muster_web.returns.files import chunks_of
from muster_web.schools.actions.indexing import index_document
from muster_web.schools.models import Document
from muster_web.schools.permissions import may_fill

MOST_BYTES = 10 << 20


def file_document(*, viewer: Viewer, document: Document, chunks: Iterable[bytes]) -> Document:
    """Keep a document as it came, scanned as every upload is; ``document`` says what it is called and its size.

    What a school files is shared.  Raises NotAllowed, and MusterError where it is too large or infected.
    """
    if viewer.organisation is None or not may_fill(viewer, document.school):
        raise NotAllowed("Only the school and its own authority put documents into its file.")
    refuse_name(document.name)
    if document.size > MOST_BYTES:
        raise MusterError(f"The document is larger than {MOST_BYTES >> 20} MB; send a smaller one.")
    kept = keep_sent(viewer=viewer, chunks=chunks, name=document.name)
    document.sha256, document.size, document.stored = kept.sha256, kept.size, kept.stored
    document.of, document.by = viewer.organisation, viewer.user
    document.shared = document.shared or document.of == document.school
    return _keep(viewer, document)


@transaction.atomic
def _keep(viewer: Viewer, made: Document) -> Document:
    made.save()
    index_document(made)
    _tell("school_document_filed", viewer, made)
    return made


def read_document(*, viewer: Viewer, document: Document) -> bytes:
    """The bytes of a document the viewer may read; who took it goes into the audit."""
    content = b"".join(chunks_of(document.stored))
    _tell("school_document_read", viewer, document)
    return content


def _tell(name: str, viewer: Viewer, one: Document) -> None:
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"school_document:{one.pk}",
        organisations=[one.school_id], data={"sha256": one.sha256},
    )  # fmt: skip
