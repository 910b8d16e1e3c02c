"""How long one decision on 480 returns takes; each keeps its own event and its own line in the audit."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.service import world
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import viewer_for
from muster_web.audit.models import AuditEvent
from muster_web.returns.actions.deciding import approve_many
from muster_web.returns.models import Event, Return
from muster_web.returns.permissions import visible_returns

RETURNS, BAR = 480, 10.0


def measured() -> Iterable[tuple[object, ...]]:
    """The one row: how many were approved, with how many events, and in which time."""
    chosen = Return.objects.filter(round=world.round_of("statutory")).order_by("pk")[:RETURNS]
    Return.objects.filter(pk__in=[one.pk for one in chosen]).update(state="submitted", to_fix=0, to_explain=0)
    over = world.authority()
    viewer = viewer_for(world.person(Role.LA_APPROVER, over), over.pk)
    found = list(
        visible_returns(viewer).filter(round=world.round_of("statutory"), state="submitted")[:RETURNS]
    )
    before = _told()
    with CaptureQueriesContext(connection) as asked:
        start = time.perf_counter()
        decided = approve_many(viewer=viewer, subjects=found)
        seconds = time.perf_counter() - start
    done = sum(one.done for one in decided)
    events, audited = (now - then for now, then in zip(_told(), before, strict=True))
    met = done == events == audited == len(found) and seconds <= BAR
    yield (
        f"{done} of {len(found)}",
        events,
        audited,
        len(asked),
        f"{seconds:.1f}",
        "met" if met else "NOT MET",
    )


def _told() -> tuple[int, int]:
    audited = AuditEvent.objects.filter(name="return_approved")
    return Event.objects.filter(name="return_approved").count(), audited.count()
