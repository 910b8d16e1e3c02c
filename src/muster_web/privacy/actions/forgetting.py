"""Forget people who governed a school: how they are reached when their time has ended, who they were a year later."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from muster_web.accounts.viewer import SYSTEM
from muster_web.audit.record import record
from muster_web.privacy.queries.due import held
from muster_web.schools.models import Governor
from muster_web.schools.permissions import named_since


def forget_governors_by_clock() -> int:
    """What the clock does each day, where the deployment says that it may; how many were forgotten."""
    return forget_governors() if settings.RETENTION_BY_CLOCK else 0


@transaction.atomic
def forget_governors() -> int:
    """Delete the contact details of those whose time has ended, and those who left over a year ago; how many people.

    What is held is left.  The audit says how many, and of no one who.
    """
    kept = [one.organisation_id for one in held() if one.organisation_id and not one.round_id]
    known = Governor.objects.exclude(school__in=kept)
    gone, _ = known.filter(until__lt=named_since()).delete()
    reached = known.filter(until__lt=timezone.localdate()).exclude(email="", telephone="")
    emptied = reached.update(email="", telephone="")
    if gone or emptied:
        data: dict[str, object] = {"deleted": gone, "contact_details_deleted": emptied}
        record("governors_forgotten", actor=SYSTEM.actor, acting_for=SYSTEM.acting_for, data=data)
    return gone + emptied
