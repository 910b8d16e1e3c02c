"""Take over what a person accepted of a file, pupil by pupil, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster.transferring.comparing import PupilChange
from muster.transferring.taking_in import Accepted, proposed, taken_in
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import read_of
from muster_web.transfers.actions.enrolling import put
from muster_web.transfers.actions.receiving import open_to_import
from muster_web.transfers.actions.telling import tell
from muster_web.transfers.held import as_pupil
from muster_web.transfers.models import Decision, Pupil, Transfer
from muster_web.transfers.permissions import is_receiver
from muster_web.transfers.queries.importing import NOBODY, Compared, Line, against, compared


@dataclass(frozen=True)
class Answers:
    """What a person said about one pupil: who it is on roll, what is taken, and what stays as we have it.

    Items are named, records stand by their place.  What is asked about has to be in one of the two.
    """

    who: int
    take: Accepted
    keep: Accepted


def compare_with_roll(*, viewer: Viewer, transfer: Transfer) -> Compared:
    """The file beside the roll, for its receiver; the first time counts as opening it, and who was shown is kept."""
    found = compared(transfer, open_to_import(viewer=viewer, transfer=transfer))
    read_of(
        viewer, subject=f"transfer:{transfer.pk}", records=[str(one.position) for one in found.lines],
        organisations=[transfer.sender_id, transfer.receiver_id or 0], page="import",
    )  # fmt: skip
    return found


@transaction.atomic
def accept(*, viewer: Viewer, found: Compared, position: int, answers: Answers) -> Decision:
    """Take over one pupil as a person answered.  Raises MusterError where a question is open, and changes nothing."""
    _refuse_unless_receiver(viewer, found.transfer)
    line = found.line(position)
    change = against(line, answers.who)
    _refuse_unanswered(change, answers)
    return _take(viewer, found.transfer, line, change, answers)


@transaction.atomic
def accept_clear(*, viewer: Viewer, found: Compared) -> int:
    """Take over every pupil about whom nothing is asked, with what is proposed; how many they are."""
    _refuse_unless_receiver(viewer, found.transfer)
    done = 0
    for line in found.lines:
        if line.is_clear:
            candidates = line.change.match.candidates
            who = candidates[0].pupil.key if candidates else NOBODY
            answers = Answers(who, proposed(line.change), Accepted())
            _take(viewer, found.transfer, line, against(line, who), answers)
            done += 1
    return done


@transaction.atomic
def leave_out(*, viewer: Viewer, found: Compared, position: int) -> Decision:
    """Say that a pupil of the file is none of ours; nothing is taken over."""
    _refuse_unless_receiver(viewer, found.transfer)
    made = _decide(viewer, found.transfer, found.line(position), None, Accepted())
    tell(found.transfer, "pupil_left_out", viewer=viewer, position=position)
    return made


def _refuse_unless_receiver(viewer: Viewer, transfer: Transfer) -> None:
    if not is_receiver(viewer, transfer):
        raise NotAllowed("Only the school that a file was sent to imports it.")


def _refuse_unanswered(change: PupilChange, answers: Answers) -> None:
    items = {one.item for one in change.items if one.proposal == "ask"}
    places = {place for place, one in enumerate(change.records) if one.proposal == "ask"}
    said_items = {*answers.take.items, *answers.keep.items}
    said_places = {*answers.take.records, *answers.keep.records}
    left = [one.title for one in change.items if one.item in items - said_items]
    left += [
        f"{one.record} {one.name}"
        for place, one in enumerate(change.records)
        if place in places - said_places
    ]
    if left:
        raise MusterError(f"Say of each whether it is taken: {', '.join(left)}.")


def _take(viewer: Viewer, transfer: Transfer, line: Line, change: PupilChange, answers: Answers) -> Decision:
    """Change or make the row of the pupil, which is locked; what was accepted is laid over it as it stands now."""
    row = _row(transfer, answers.who)
    ours = as_pupil(row.pk, row.held) if row.pk else None
    put(row, taken_in(change, ours, answers.take), f"transfer:{transfer.pk}")
    row.left = None
    row.save()
    made = _decide(viewer, transfer, line, row, answers.take)
    tell(
        transfer, "pupil_taken_over", viewer=viewer, position=line.position, pupil=row.pk,
        items=sorted(answers.take.items), records=len(answers.take.records),
    )  # fmt: skip
    return made


def _row(transfer: Transfer, who: int) -> Pupil:
    if who == NOBODY:
        return Pupil(organisation=transfer.receiver)
    return Pupil.objects.select_for_update().get(pk=who, organisation=transfer.receiver_id)


def _decide(viewer: Viewer, transfer: Transfer, line: Line, row: Pupil | None, take: Accepted) -> Decision:
    said: dict[str, Collection[object]] = {"taken": sorted(take.items), "records": sorted(take.records)}
    made, _ = Decision.objects.update_or_create(
        transfer=transfer, position=line.position, defaults={"pupil": row, "by": viewer.user, **said}
    )
    return made
