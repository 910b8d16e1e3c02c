"""Close what was reopened once its day has passed: the authorised version is again the current one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit import State
from muster_web.accounts.viewer import SYSTEM
from muster_web.returns.actions.checking import inspect, recheck
from muster_web.returns.actions.moving import locked, move
from muster_web.returns.models import Edit, Return


def lapse_reopened() -> int:
    """Let every reopening whose day has passed lapse; how many did."""
    over = Return.objects.filter(reopened_until__lt=timezone.localdate()).exclude(state=State.AUTHORISED)
    waiting = (State.QUEUED, State.VALIDATING)  # the check ends first; the next time finds it
    return sum(_lapse(one) for one in over.exclude(state__in=waiting))


@transaction.atomic
def _lapse(subject: Return) -> bool:
    """Take back what was changed since and show what was authorised; False where somebody was quicker."""
    now = locked(subject)
    if now.reopened_until is None or now.state in (State.AUTHORISED, State.QUEUED, State.VALIDATING):
        return False
    reopened = now.events.filter(name="return_reopened").order_by("-pk").first()
    if reopened is not None:
        now.edits.filter(at__gte=reopened.at, state=Edit.State.OPEN).update(state=Edit.State.UNDONE)
    now.current, now.reopened_until = now.official, None
    now.save(update_fields=["current", "reopened_until"])
    moved = move(now, "lapse", viewer=SYSTEM)
    if moved.current is not None and moved.current.stored:
        try:
            recheck(subject=moved, inspected=inspect(moved.current))
        except MusterError as error:
            raise MusterError(f"the authorised version of {moved} cannot be read again: {error}") from None
    return True
