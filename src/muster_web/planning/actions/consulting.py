"""Ask schools, take what they answer, and say what became of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.planning.models import Consultation, Reply
from muster_web.planning.permissions import may_book, may_offer, readable_consultations


@transaction.atomic
def open_consultation(*, viewer: Viewer, consultation: Consultation) -> Consultation:
    """Ask the schools of an authority.  Raises NotAllowed, and MusterError where it closes before it opens."""
    if viewer.organisation is None or not may_offer(viewer):
        raise NotAllowed("Only officers of an authority consult its schools.")
    if consultation.closes < max(consultation.opens, timezone.localdate()):
        raise MusterError("It has to close today or later, and not before it opens.")
    consultation.of, consultation.by = viewer.organisation, viewer.user
    consultation.save()
    _tell("consultation_opened", viewer, consultation)
    return consultation


@transaction.atomic
def reply(*, viewer: Viewer, consultation: Consultation, rating: int | None, text: str) -> Reply:
    """Answer for the viewer's school, in place of what it answered before.

    Raises NotAllowed, and MusterError where it is not open, nothing is said, or a rating is missing or not asked.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if (
        viewer.organisation is None
        or not may_book(viewer)
        or consultation not in readable_consultations(viewer)
    ):
        raise NotAllowed("Only a school of the authority answers.")
    if not consultation.opens <= timezone.localdate() <= consultation.closes:
        raise MusterError("It is not open for answers today.")
    if consultation.rated != (rating is not None):
        raise MusterError("Say how good it is." if consultation.rated else "No rating is asked for.")
    if not consultation.rated and not text.strip():
        raise MusterError("Write what the school thinks.")
    made, _ = Reply.objects.update_or_create(
        consultation=consultation, school=viewer.organisation,
        defaults={"rating": rating, "text": text.strip(), "by": viewer.user, "at": timezone.now()},
    )  # fmt: skip
    _tell("consultation_answered", viewer, consultation)
    return made


@transaction.atomic
def give_feedback(*, viewer: Viewer, consultation: Consultation, text: str) -> Consultation:
    """Say what became of the answers.  Raises NotAllowed, and MusterError for no words."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not may_offer(viewer) or consultation.of != viewer.organisation:
        raise NotAllowed("Only the authority that asked gives feedback.")
    if not text.strip():
        raise MusterError("Write what the schools said and what is done about it.")
    consultation.feedback, consultation.feedback_on = text.strip(), timezone.localdate()
    consultation.save(update_fields=["feedback", "feedback_on"])
    _tell("consultation_feedback_given", viewer, consultation)
    return consultation


def _tell(name: str, viewer: Viewer, one: Consultation) -> None:
    about = {one.of_id, *([viewer.organisation.pk] if viewer.organisation else [])}
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"consultation:{one.pk}",
        organisations=sorted(about),
    )  # fmt: skip
