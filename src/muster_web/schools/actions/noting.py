"""Write about a school, let it say what is wrong, and answer it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.schools.actions.indexing import index_note
from muster_web.schools.models import Challenge, Note
from muster_web.schools.permissions import may_answer, may_challenge, may_note


@transaction.atomic
def write_note(*, viewer: Viewer, note: Note) -> Note:
    """Put a note into the file of a school.  Raises NotAllowed, and MusterError for a day to come."""
    if viewer.organisation is None or not may_note(viewer, note.school):
        raise NotAllowed("Only officers of the school's own authority write into its file.")
    if note.on > timezone.localdate():
        raise MusterError("The day lies in the future; give the day it was.")
    note.of, note.by = viewer.organisation, viewer.user
    note.save()
    index_note(note)
    _tell("school_note_written", viewer, note.school, f"school_note:{note.pk}")
    return note


@transaction.atomic
def end_concern(*, viewer: Viewer, note: Note) -> Note:
    """Say that a concern about a school is over today.  Raises NotAllowed where it is none, or over already."""
    note = Note.objects.select_for_update().select_related("school").get(pk=note.pk)
    if not may_note(viewer, note.school) or note.of_id != getattr(viewer.organisation, "pk", None):
        raise NotAllowed("Only the authority that noted the concern ends it.")
    if note.kind != Note.Kind.CONCERN or note.until is not None:
        raise NotAllowed("This is no concern that still stands; load the page again.")
    note.until = timezone.localdate()
    note.save(update_fields=["until"])
    _tell("school_concern_ended", viewer, note.school, f"school_note:{note.pk}")
    return note


@transaction.atomic
def challenge(*, viewer: Viewer, school: Organisation, about: str, place: str, text: str) -> Challenge:
    """Say that something in the file of one's own school is wrong.  Raises NotAllowed."""
    if not may_challenge(viewer, school):
        raise NotAllowed("Only the school itself says what is wrong in its file.")
    made = Challenge.objects.create(
        school=school, about=about[:200], place=place[:300], text=text, by=viewer.user
    )
    _tell("school_file_challenged", viewer, school, f"challenge:{made.pk}")
    return made


@transaction.atomic
def answer(*, viewer: Viewer, subject: Challenge, state: str, text: str) -> Challenge:
    """Accept what a school says is wrong, or say why not.  Raises NotAllowed where it was answered or is not theirs."""
    subject = Challenge.objects.select_for_update().select_related("school").get(pk=subject.pk)
    if not may_answer(viewer, subject.school):
        raise NotAllowed("Only the school's authority or the department answers it.")
    if subject.state != Challenge.State.OPEN:
        raise NotAllowed("This was answered already; load the page again to see how.")
    subject.state, subject.answer = Challenge.State(state), text
    subject.answered_by, subject.answered = viewer.user, timezone.now()
    subject.save()
    _tell("school_file_challenge_answered", viewer, subject.school, f"challenge:{subject.pk}")
    return subject


def _tell(name: str, viewer: Viewer, school: Organisation, subject: str) -> None:
    record(name, actor=viewer.actor, acting_for=viewer.acting_for, subject=subject, organisations=[school.pk])
