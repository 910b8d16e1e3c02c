"""Look once, decide many: accept explanations as a group or question them, with a record in each school's return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.returns.actions.explaining import count_explained
from muster_web.returns.actions.moving import locked, tell
from muster_web.returns.models import Message, Note, Return
from muster_web.returns.permissions import permissions


def judges(viewer: Viewer, subject: Return) -> bool:
    """Whether the viewer checks this return: an officer of the authority that does, or the department."""
    return bool({"chase", "authorise"} & permissions(viewer, subject)) and (
        viewer.organisation != subject.organisation
    )


@transaction.atomic
def accept_notes(*, viewer: Viewer, notes: Iterable[Note]) -> int:
    """Accept explanations; how many.  Raises NotAllowed where one is of a return the viewer does not check."""
    return sum(
        _judge(viewer, subject, found, accepted=True) for subject, found in _by_return(viewer, notes).items()
    )


@transaction.atomic
def question_notes(*, viewer: Viewer, notes: Iterable[Note], question: str) -> int:
    """Ask each school about its explanations; until it says more they no longer count as explained.

    The question goes into the thread of each return, once.  How many explanations were questioned.
    """
    asked = question.strip()
    if not asked:
        raise MusterError("Write what you want to know; the school reads it.")
    judged = 0
    for subject, found in _by_return(viewer, notes).items():
        Message.objects.create(
            subject=subject, note=found[0], text=asked, by=viewer.user, service=viewer.service,
            acting_for=viewer.organisation,
        )  # fmt: skip
        judged += _judge(viewer, subject, found, accepted=False)
    return judged


def _by_return(viewer: Viewer, notes: Iterable[Note]) -> dict[Return, list[Note]]:
    found: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        found[note.subject_id].append(note)
    returns = Return.objects.select_related("round", "organisation", "agent").filter(pk__in=found)
    by_return = {one: found[one.pk] for one in returns.order_by("pk")}
    if not all(judges(viewer, one) for one in by_return):
        raise NotAllowed(
            "Only the authority that checks a return, or the department, judges its explanations."
        )
    return by_return


def _judge(viewer: Viewer, subject: Return, notes: list[Note], *, accepted: bool) -> int:
    now = locked(subject)
    keys = [note.pk for note in notes]
    now.notes.filter(pk__in=keys).update(accepted=accepted, accepted_by=viewer.user)
    count_explained(now)
    told = "explanations_accepted" if accepted else "explanations_questioned"
    tell(now, told, viewer=viewer, data={"notes": keys})
    return len(keys)
