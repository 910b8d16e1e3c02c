"""Ask for learner numbers in a batch, take in the answer, and tick off who was told and what the MIS has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.transferring.files import transfer_text
from muster.transferring.learner_batches import Answer, answers, batch_text, learner_of, read_batch
from muster.transferring.learner_numbers import request
from muster.transferring.roll import pupils_of
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.transfers.learning_records import service
from muster_web.transfers.models import LearnerBatch, LearnerRequest, Pupil
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.queries.learners import awaiting, next_census_day
from muster_web.transfers.roll_file import file_of
from muster_web.transfers.stored import remove, store_sealed, unsealed

State = LearnerRequest.State
Tick = Literal["told", "in_mis"]


def send_batch(*, viewer: Viewer, with_gaps: bool = False) -> LearnerBatch:
    """Ask for numbers for everybody who needs one by census day and was not asked for.

    Those in whose way something stands are left out, or with ``with_gaps`` sent all the same where the layout allows.
    Raises MusterError where nobody is left.
    """
    school = refuse_unless(viewer, "exchange")
    wanted = [
        one.pupil
        for one in awaiting(school, next_census_day(school))
        if _may_go(one.asked, one.gaps, with_gaps)
    ]
    if not wanted:
        raise MusterError(
            "Nobody can be asked for: each has a number, was asked for, or has a gap to be filled first."
        )
    text = batch_text([learner_of(one) for one in pupils_of(request(file_of(school, wanted)))])
    connection = service()
    reference = connection.submit(text) if connection else ""
    stored, key = store_sealed(text.encode())
    made = LearnerBatch(
        organisation=school, by=viewer.user, service=connection.name if connection else "", reference=reference,
        stored=stored, sealed_key=key,
    )  # fmt: skip
    try:
        return _note_batch(viewer, made, wanted)
    except BaseException:
        remove(stored)
        raise


def _may_go(asked: bool, gaps: Sequence[object], with_gaps: bool) -> bool:
    return not asked and (with_gaps or not gaps)


@transaction.atomic
def _note_batch(viewer: Viewer, made: LearnerBatch, pupils: Iterable[Pupil]) -> LearnerBatch:
    made.save(force_insert=True)
    rows = LearnerRequest.objects.bulk_create(LearnerRequest(batch=made, pupil=one) for one in pupils)
    _tell(viewer, "learner_numbers_asked_for", made.organisation, made, pupils=len(rows))
    return made


def batch_bytes(*, viewer: Viewer, batch: LearnerBatch) -> bytes:
    """The batch as it went, for whoever carries it by hand; who takes it is kept."""
    refuse_unless(viewer, "exchange")
    _tell(viewer, "learner_batch_downloaded", batch.organisation, batch)
    return _sent(batch)


def _sent(batch: LearnerBatch) -> bytes:
    """The bytes of a batch.  Raises MusterError where they went under the retention schedule."""
    if not batch.sealed_key:
        raise MusterError(f"{batch.name} was deleted under the retention schedule; what came back is kept.")
    return unsealed(batch.stored, batch.sealed_key)


def collect(*, viewer: Viewer, batch: LearnerBatch) -> int:
    """Ask the connection for the answer to a batch and take it in; how many numbers were given.  Raises MusterError."""
    connection = service()
    if connection is None or not batch.reference:
        raise MusterError("This batch was carried by hand. Bring the answer as the file you got.")
    text = connection.answer(batch.reference, _sent(batch).decode())
    if text is None:
        raise MusterError("There is no answer yet. Try again later.")
    return take_answer(viewer=viewer, batch=batch, text=text)


@transaction.atomic
def take_answer(*, viewer: Viewer, batch: LearnerBatch, text: str, name: str = "the answer") -> int:
    """Take in the answer to a batch; how many numbers were given.  Raises MusterError with the line of a fault.

    A number a pupil had already is never overwritten; where another came back, a person decides.
    """
    school = refuse_unless(viewer, "exchange")
    locked = LearnerBatch.objects.select_for_update().get(pk=batch.pk, organisation=school)
    asked = {one.pupil.upn: one for one in locked.requests.select_related("pupil")}
    found = answers(file_of(school, [one.pupil for one in asked.values()]), read_batch(text, name=name))
    strange = sum(one.upn not in asked for one in found)
    if strange:
        raise MusterError(
            f"{name} has {strange} learners who are not in this batch. Bring the answer to this one."
        )
    changed = [_note_answer(asked[one.upn], one) for one in found]
    LearnerRequest.objects.bulk_update(changed, ("state", "code", "uln"), batch_size=500)
    given = [_number(one) for one in changed if one.state == State.GIVEN and one.pupil.uln != one.uln]
    Pupil.objects.bulk_update(given, ("uln", "held", "changed"), batch_size=200)
    LearnerBatch.objects.filter(pk=locked.pk).update(answered=timezone.now())
    _tell(viewer, "learner_numbers_given", school, locked, given=len(given), answered=len(changed))
    return len(given)


def _note_answer(one: LearnerRequest, answer: Answer) -> LearnerRequest:
    one.state, one.code, one.uln = State(answer.state), answer.code[:20], answer.uln[:10]
    return one


def _number(one: LearnerRequest) -> Pupil:
    pupil = one.pupil
    values = {**pupil.held.get("values", {}), "uln": one.uln}
    pupil.uln, pupil.held, pupil.changed = one.uln, {**pupil.held, "values": values}, timezone.now()
    return pupil


@transaction.atomic
def tick(*, viewer: Viewer, requests: Iterable[int], what: Tick) -> int:
    """Note that pupils were told their numbers, or that the MIS has them; how many were noted."""
    school = refuse_unless(viewer, "exchange")
    mine = LearnerRequest.objects.filter(pk__in=list(requests), batch__organisation=school, state=State.GIVEN)
    done = mine.filter(**{what: None}).update(**{what: timezone.localdate(), f"{what}_by": viewer.user})
    if done:
        record(
            f"learner_number_{what}", actor=viewer.actor, acting_for=viewer.acting_for, organisations=[school.pk],
            subject=f"organisation:{school.pk}", data={"pupils": done},
        )  # fmt: skip
    return done


def numbers_file(*, viewer: Viewer) -> tuple[str, str]:
    """The numbers the MIS has not, as a transfer file of the school to itself: its name and its text."""
    school = refuse_unless(viewer, "exchange")
    waiting = LearnerRequest.objects.filter(batch__organisation=school, state=State.GIVEN, in_mis=None)
    pupils = list(Pupil.objects.filter(pk__in=waiting.values("pupil")).order_by("pk"))
    if not pupils:
        raise MusterError("The MIS has every number that came back.")
    own = f"{school.la_code}{school.estab}"
    record(
        "learner_numbers_downloaded", actor=viewer.actor, acting_for=viewer.acting_for, organisations=[school.pk],
        subject=f"organisation:{school.pk}", data={"pupils": len(pupils)},
    )  # fmt: skip
    return f"{own}_CTF_{own}_001.xml", transfer_text(file_of(school, pupils))


def _tell(viewer: Viewer, event: str, school: Organisation, batch: LearnerBatch, **data: object) -> None:
    record(
        event, actor=viewer.actor, acting_for=viewer.acting_for, organisations=[school.pk],
        subject=f"learner_batch:{batch.pk}", data=data,
    )  # fmt: skip
