"""Go through the chain of the audit and say whether anything was changed, removed or added outside it."""

from __future__ import annotations

from dataclasses import dataclass

from muster_web.audit.models import AuditEvent, ChainHead
from muster_web.audit.record import hash_of


@dataclass(frozen=True)
class Verdict:
    """How many events were looked at, and what is wrong with the first that is not as it was written."""

    events: int
    fault: str = ""


def verify() -> Verdict:
    """Check every event against its own hash and the one before, and the last against the head of the chain."""
    before, number = "0" * 64, 0
    for event in AuditEvent.objects.order_by("number").iterator(chunk_size=2_000):
        number += 1
        fault = _fault(event, number, before)
        if fault:
            return Verdict(number, fault)
        before = event.hash
    head = ChainHead.objects.filter(pk=1).first()
    if head and (head.number, head.hash) != (number, before):
        return Verdict(
            number, f"the chain should end with event {head.number}, but it ends with event {number}"
        )
    return Verdict(number)


def _fault(event: AuditEvent, number: int, before: str) -> str:
    if event.number != number:
        return f"event {number} is missing: event {event.number} follows event {number - 1}"
    if event.before != before:
        return f"event {number} does not follow the event before it"
    if event.hash != hash_of(event):
        return f"event {number} ({event.name}) was changed after it was written"
    return ""
