"""Let somebody see hidden items for a while, for a reason they state."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.privacy.models import Unmasking
from muster_web.returns.models import Return
from muster_web.returns.permissions import permissions

LASTS = timedelta(minutes=15)
SHORTEST_REASON = 10


@transaction.atomic
def unmask(*, viewer: Viewer, subject: Return, reason: str, record_mark: str = "") -> Unmasking:
    """Show the hidden items of one record, or with '' of the whole return, for a quarter of an hour.

    The reason goes into the audit, which the school sees.  Raises MusterError for no reason, NotAllowed for no right.
    """
    if viewer.user is None or "see" not in permissions(viewer, subject):
        raise NotAllowed("Your account does not let you see this return.")
    said = reason.strip()
    if len(said) < SHORTEST_REASON:
        raise MusterError("Say in a few words why you need to see it; the school can read your reason.")
    until = timezone.now() + LASTS
    row = Unmasking.objects.create(
        user=viewer.user, subject=subject, record_mark=record_mark, reason=said[:300], until=until
    )
    record(
        "items_unmasked", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"return:{subject.pk}",
        organisations=[one for one in (subject.organisation_id, subject.agent_id) if one],
        data={"record": record_mark, "reason": said[:300], "until": until.isoformat()},
    )  # fmt: skip
    return row
