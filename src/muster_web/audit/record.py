"""Add an event to the audit, in the transaction of what it tells of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from muster_web.audit.models import AuditEvent, ChainHead


def record(
    name: str,
    *,
    actor: str,
    acting_for: str = "",
    organisations: Iterable[int] = (),
    subject: str = "",
    data: dict[str, object] | None = None,
) -> AuditEvent:
    """Add one event, chained to the one before; it stands or falls with the transaction around it.

    ``actor`` is ``user:7``, ``service:supplier-x`` or ``system``; ``subject`` names what it is about, as ``return:12``.
    """
    with transaction.atomic():
        head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
        about = "".join(f",{number}" for number in sorted(set(organisations)))
        event = AuditEvent(
            number=head.number + 1,
            at=timezone.now(),
            name=name,
            actor=actor,
            acting_for=acting_for,
            organisations=f"{about}," if about else "",
            subject=subject,
            data=data or {},
            before=head.hash,
        )
        event.hash = hash_of(event)
        event.save()
        head.number, head.hash = event.number, event.hash
        head.save()
    return event


def hash_of(event: AuditEvent) -> str:
    """The SHA-256 over everything an event says and the hash of the one before."""
    at: datetime = event.at
    said = [
        event.number,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.name,
        event.actor,
        event.acting_for,
        event.organisations,
        event.subject,
        event.data,
        event.before,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
