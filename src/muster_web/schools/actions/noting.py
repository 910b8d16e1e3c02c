"""Write about a school, let it say what is wrong, and answer it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.design.wording import long_date
from muster_web.schools.actions.indexing import index_note
from muster_web.schools.models import Challenge, Note, Review
from muster_web.schools.permissions import may_answer, may_challenge, may_note
from muster_web.schools.queries.closing import closed_in_words
from muster_web.schools.queries.concerns import last_looked_at


@transaction.atomic
def write_note(*, viewer: Viewer, note: Note) -> Note:
    """Put a note into the file of a school.

    Raises NotAllowed, and MusterError for a day to come or after the school had closed.
    """
    if viewer.organisation is None or not may_note(viewer, note.school):
        raise NotAllowed("Only officers of the school's own authority write into its file.")
    _refuse_day(note.on)
    if note.school.closed and note.on > note.school.closed:
        raise MusterError(f"{note.school.name} {closed_in_words(note.school)}; give a day when it was open.")
    note.of, note.by = viewer.organisation, viewer.user
    note.save()
    index_note(note)
    _tell("school_note_written", viewer, note.school, f"school_note:{note.pk}")
    return note


def _refuse_day(day: date) -> None:
    if day > timezone.localdate():
        raise MusterError("The day lies in the future; give the day it was.")


@transaction.atomic
def end_concern(*, viewer: Viewer, note: Note) -> Note:
    """Say that a concern about a school is over today.  Raises NotAllowed where it is none, or over already."""
    note = _standing_concern(viewer, note)
    note.until = timezone.localdate()
    note.save(update_fields=["until"])
    _tell("school_concern_ended", viewer, note.school, f"school_note:{note.pk}")
    return note


@transaction.atomic
def review_concern(*, viewer: Viewer, note: Note, on: date, text: str) -> Review:
    """Record what a review of a concern found; the next is due six months on.

    Raises NotAllowed as ``end_concern`` does, and MusterError for a day to come or before the last review.
    """
    note = _standing_concern(viewer, note)
    _refuse_day(on)
    if on < last_looked_at(note):
        raise MusterError(
            f"The concern was looked at on {long_date(last_looked_at(note))}; give a day since then."
        )
    made = Review.objects.create(concern=note, on=on, text=text, by=viewer.user)
    note.reviewed = on
    note.save(update_fields=["reviewed"])
    _tell("school_concern_reviewed", viewer, note.school, f"school_note:{note.pk}")
    return made


def _standing_concern(viewer: Viewer, note: Note) -> Note:
    note = Note.objects.select_for_update(of=["self"]).select_related("school").get(pk=note.pk)
    if not may_note(viewer, note.school) or note.of_id != getattr(viewer.organisation, "pk", None):
        raise NotAllowed("Only the authority that noted the concern reviews or ends it.")
    if note.kind != Note.Kind.CONCERN or note.until is not None:
        raise NotAllowed("This is no concern that still stands; load the page again.")
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
