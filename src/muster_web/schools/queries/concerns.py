"""Concerns about schools that stand, and when each is to be looked at again: six months after it was last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce
from django.utils import timezone

from muster.model.days import months_on
from muster_web.accounts.viewer import Viewer
from muster_web.schools.models import Note
from muster_web.schools.permissions import readable_notes

REVIEW_MONTHS = 6


def last_looked_at(concern: Note) -> date:
    """The day a concern was last looked at: of its last review, else the day it is of."""
    return concern.reviewed or concern.on


def due_for_review(concern: Note) -> date:
    """The day by which a concern is to be looked at again."""
    return months_on(last_looked_at(concern), REVIEW_MONTHS)


def is_overdue(concern: Note) -> bool:
    """Whether a concern that stands should have been looked at before today."""
    return (
        concern.kind == Note.Kind.CONCERN
        and concern.until is None
        and due_for_review(concern) < timezone.localdate()
    )


@dataclass(frozen=True)
class Standing:
    """A concern that stands, the day by which it is to be looked at again, and whether that has passed."""

    concern: Note
    due: date
    overdue: bool


def standing_concerns(viewer: Viewer) -> list[Standing]:
    """The concerns of the viewer's own organisation that stand, those looked at longest ago first."""
    mine = readable_notes(viewer).filter(of=viewer.organisation, kind=Note.Kind.CONCERN, until=None)
    longest_ago = mine.select_related("school").order_by(Coalesce("reviewed", "on"), "pk")
    return [Standing(one, due_for_review(one), is_overdue(one)) for one in longest_ago]
