"""Keep the words by which schools and notes are found in step with what they are."""

from __future__ import annotations

from django.db import transaction

from muster_web.accounts.models import Organisation
from muster_web.schools.models import Document, Note, Words
from muster_web.schools.queries.searching import words_of

BATCH = 2_000


@transaction.atomic
def index_schools() -> int:
    """Write anew the words of every school; how many there are."""
    Words.objects.filter(note=None, document=None).delete()
    schools = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL).iterator(chunk_size=BATCH)
    made = Words.objects.bulk_create(
        (Words(organisation=one, text=words_of(one)) for one in schools), batch_size=BATCH
    )
    return len(made)


def index_note(note: Note) -> None:
    """Write the words of a note, for those who may read it."""
    Words.objects.update_or_create(
        note=note,
        defaults={
            "organisation": note.school, "reader": note.of, "school_too": note.shared,
            "text": f"{note.school.name} {note.title} {note.theme} {note.text}",
        },
    )  # fmt: skip


def index_document(document: Document) -> None:
    """Write the words of the title and the name of a document, for those who may read it."""
    Words.objects.update_or_create(
        document=document,
        defaults={
            "organisation": document.school, "reader": document.of, "school_too": document.shared,
            "text": f"{document.school.name} {document.title} {document.name}",
        },
    )  # fmt: skip
