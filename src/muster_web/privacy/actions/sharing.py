"""Keep the register of information-sharing agreements, and refuse to export where none stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.privacy.models import Agreement
from muster_web.returns.models import Return


def refuse_export_without_agreement(viewer: Viewer, returns: Iterable[Return]) -> None:
    """Raise NotAllowed where a return would go to somebody whom neither law nor an agreement lets have it.

    Whoever owes a return, the authority that checks it and the department need none; for everybody else an agreement
    of the school with them has to stand: begun, not ended, its review not overdue.
    """
    needing = _needing(viewer, returns)
    missing = sorted(
        str(one) for one, collections in needing.items() if not _agreed(viewer, one, collections)
    )
    if missing:
        shown = ", ".join(missing[:3]) + (f" and {len(missing) - 3:,} more" if len(missing) > 3 else "")
        raise NotAllowed(
            f"No information-sharing agreement stands with {shown}. It may be missing, ended or overdue for review; "
            "the approver of the school keeps the register."
        )


def _needing(viewer: Viewer, returns: Iterable[Return]) -> dict[Organisation, set[str]]:
    here = viewer.organisation
    if here is not None and here.kind == Organisation.Kind.DEPARTMENT:
        return {}
    found: dict[Organisation, set[str]] = {}
    for one in returns:
        if here is None or here.pk not in (one.organisation_id, one.agent_id):
            found.setdefault(one.organisation, set()).add(one.round.collection)
    return found


def _agreed(viewer: Viewer, giver: Organisation, collections: set[str]) -> bool:
    standing = Agreement.objects.filter(Agreement.in_force(), giver=giver, receiver=viewer.organisation)
    covered = set(standing.values_list("collection", flat=True))
    return "" in covered or collections <= covered


@transaction.atomic
def note_agreement(*, viewer: Viewer, agreement: Agreement) -> Agreement:
    """Put an agreement of the viewer's organisation into the register.  Raises MusterError for one that cannot be."""
    _refuse_unless_approver(viewer, agreement.giver)
    if agreement.giver_id == agreement.receiver_id:
        raise MusterError("An organisation needs no agreement with itself; choose who receives the data.")
    if agreement.review_by < agreement.starts:
        raise MusterError("The review comes before the start; give a later day.")
    agreement.noted_by = viewer.user
    agreement.save()
    _tell("agreement_noted", viewer, agreement)
    return agreement


@transaction.atomic
def end_agreement(*, viewer: Viewer, agreement: Agreement) -> Agreement:
    """End an agreement today; nothing is exported under it from now on."""
    _refuse_unless_approver(viewer, agreement.giver)
    agreement.ended = timezone.localdate()
    agreement.save(update_fields=["ended"])
    _tell("agreement_ended", viewer, agreement)
    return agreement


def _refuse_unless_approver(viewer: Viewer, giver: Organisation) -> None:
    if viewer.organisation != giver or "manage_people" not in viewer.permissions_for(""):
        raise NotAllowed("Only an approver of the organisation that gives the data keeps its agreements.")


def _tell(name: str, viewer: Viewer, agreement: Agreement) -> None:
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"agreement:{agreement.pk}",
        organisations=[agreement.giver_id, agreement.receiver_id],
    )  # fmt: skip
