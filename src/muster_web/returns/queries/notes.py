"""What was said of a return: explanations of its findings, and the messages about it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from muster_web.returns.models import Message, Note, Return


def explanations_of(subject: Return) -> QuerySet[Note]:
    """The explanations of the findings of a return, those of earlier versions too."""
    found = subject.notes.filter(level=Note.Level.FINDING).select_related("by", "version", "confirmed")
    return found.order_by("pk")


def explanation(subject: Return, fingerprint: str) -> Note:
    """The explanation of one finding, or Http404."""
    found = explanations_of(subject).filter(fingerprint=fingerprint).first()
    if found is None:
        raise Http404
    return found


def messages_of(subject: Return) -> QuerySet[Message]:
    """The thread of a return with those of its notes, oldest first."""
    return subject.messages.select_related("by", "acting_for", "note").order_by("pk")
