"""Search for lost pupils, with a reason that is kept, and deliver a file to the school where its pupil was found."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.transfers.actions.telling import tell
from muster_web.transfers.letters import tell_of_new_file
from muster_web.transfers.marks import mark_of_surname, mark_of_upn
from muster_web.transfers.models import Pupil, Search, Transfer
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.queries.lost import Lost, candidates, on_roll_here, search

_SHORTEST_REASON = 10


def search_lost(
    *, viewer: Viewer, reason: str, upn: str = "", surname: str = "", born: str = ""
) -> list[Lost]:
    """The lost pupils somebody searches for; why they do is kept, and that they did.  Raises MusterError."""
    if not upn and not (surname and born):
        raise MusterError("Give the UPN, or the surname and the birth date.")
    found = search(viewer, upn=upn, surname=surname, born=born)
    note_search(
        viewer, Search.Kind.LOST, reason, mark=mark_of_upn(upn) or mark_of_surname(surname), found=len(found)
    )
    return found


@transaction.atomic
def note_search(viewer: Viewer, kind: Search.Kind, reason: str, *, mark: str, found: int) -> Search:
    """Keep that somebody searched, why, and how many they were shown.  Raises MusterError for too thin a reason."""
    if len(reason.strip()) < _SHORTEST_REASON:
        raise MusterError("Say why you search, so that others can understand it later: at least ten letters.")
    if viewer.organisation is None:
        raise NotAllowed("Your account belongs to no organisation.")
    made = Search.objects.create(
        kind=kind,
        organisation=viewer.organisation,
        by=viewer.user,
        reason=reason.strip()[:300],
        mark=mark,
        found=found,
    )
    record(
        "pupil_searched_for", actor=viewer.actor, acting_for=viewer.acting_for,
        organisations=[viewer.organisation.pk], subject=f"search:{made.pk}", data={"kind": kind, "found": found},
    )  # fmt: skip
    return made


@transaction.atomic
def deliver_lost(*, viewer: Viewer, case: Lost, pupil: int) -> Transfer:
    """Deliver a lost pupil's file to the school of somebody on roll there, as a person confirmed that it is the same.

    Raises NotAllowed where the file found its school meanwhile, or the two do not fit.
    """
    refuse_unless(viewer, "find_pupils")
    chosen = on_roll_here(viewer).filter(pk=pupil)
    [*fits] = candidates(chosen, [case])
    if not fits:
        raise NotAllowed(
            "This pupil does not fit the file: not the same UPN, nor the same birth date and name."
        )
    school = Pupil.objects.select_related("organisation__authority").get(pk=pupil).organisation
    one = case.row.transfer
    waiting = Transfer.objects.filter(pk=one.pk, receiver=None, lost=True)
    if not waiting.update(receiver=school, receiver_authority=school.authority):
        raise NotAllowed("The file has found its school meanwhile.")
    one.refresh_from_db()
    tell(one, "lost_pupil_found", viewer=viewer, agrees=list(fits[0].agrees))
    transaction.on_commit(partial(tell_of_new_file, one.pk))
    return one
