"""Reads of the audit: for the command line, and for each organisation of its own."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from muster_web.audit.models import AuditEvent


def events(
    *, name: str = "", subject: str = "", actor: str = "", since: date | None = None
) -> QuerySet[AuditEvent]:
    """The events that fit, the latest first."""
    found = AuditEvent.objects.order_by("-number")
    given = {"name": name, "subject": subject, "actor": actor}
    found = found.filter(**{field: value for field, value in given.items() if value})
    if since is not None:
        found = found.filter(at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    return found


def events_of(organisation: int, **asked: object) -> QuerySet[AuditEvent]:
    """The events an organisation may see: those about it, and those its own people did for it."""
    mine = Q(organisations__contains=f",{organisation},") | Q(acting_for=f"organisation:{organisation}")
    return events(**asked).filter(mine)  # type: ignore[arg-type]
