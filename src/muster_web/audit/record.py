"""Add an event to the audit, in the transaction of what it tells of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from muster_web.audit.models import AuditEvent, ChainHead


@dataclass(frozen=True)
class Entry:
    """One event to be added to the audit, in the words of ``record``."""

    name: str
    actor: str
    acting_for: str = ""
    organisations: Iterable[int] = ()
    subject: str = ""
    data: dict[str, object] = field(default_factory=dict)


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
    [event] = record_many([Entry(name, actor, acting_for, organisations, subject, data or {})])
    return event


def record_many(entries: Iterable[Entry]) -> list[AuditEvent]:
    """Add events in their order, each chained to the one before, under one lock of the chain.

    Lock what they are about first: whoever holds the chain and waits for a return could wait for somebody who holds
    that return and waits for the chain.
    """
    with transaction.atomic():
        head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
        events = []
        for entry in entries:
            event = _next_after(head, entry)
            head.number, head.hash = event.number, event.hash
            events.append(event)
        AuditEvent.objects.bulk_create(events, batch_size=500)
        head.save()
    return events


def _next_after(head: ChainHead, entry: Entry) -> AuditEvent:
    about = "".join(f",{number}" for number in sorted(set(entry.organisations)))
    event = AuditEvent(
        number=head.number + 1,
        at=timezone.now(),
        name=entry.name,
        actor=entry.actor,
        acting_for=entry.acting_for,
        organisations=f"{about}," if about else "",
        subject=entry.subject,
        data=entry.data,
        before=head.hash,
    )
    event.hash = hash_of(event)
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


# -- reads -------------------------------------------------------------------------------------------------

_MOST_MARKS = 500


class Reader(Protocol):
    """Whoever reads, as a viewer says it."""

    @property
    def actor(self) -> str:
        """How the audit names them."""
        ...

    @property
    def acting_for(self) -> str:
        """For which organisation."""
        ...


@dataclass
class _Reads:
    """What one request has read, by reader and subject, so that it makes one event for each return."""

    marks: dict[tuple[str, str, str, str], set[str]] = field(default_factory=dict)
    organisations: dict[str, set[int]] = field(default_factory=dict)


_READS: ContextVar[_Reads | None] = ContextVar("reads", default=None)


def read_of(
    reader: Reader, *, subject: str, records: Iterable[str], organisations: Iterable[int] = (), page: str = ""
) -> None:
    """Note that personal records were shown: ``subject`` as ``return:12``, ``records`` by their marks, never by names.

    Within a request the reads are written together when it ends, one event for each return and page; elsewhere at once.
    """
    with reads_together():
        reads = _READS.get()
        assert reads is not None
        key = (reader.actor, reader.acting_for, subject, page)
        reads.marks.setdefault(key, set()).update(records)
        reads.organisations.setdefault(subject, set()).update(organisations)


@contextmanager
def reads_together() -> Iterator[None]:
    """Gather the reads noted within and write them at the end; within another such block, leave it to that."""
    if _READS.get() is not None:
        yield
        return
    reads = _Reads()
    token = _READS.set(reads)
    try:
        yield
    finally:
        _READS.reset(token)
        _write(reads)


def _write(reads: _Reads) -> None:
    for (actor, acting_for, subject, page), marks in sorted(reads.marks.items()):
        listed = sorted(marks)[:_MOST_MARKS]
        record(
            "records_read", actor=actor, acting_for=acting_for, subject=subject,
            organisations=reads.organisations[subject],
            data={"page": page, "count": len(marks), "records": listed},
        )  # fmt: skip
