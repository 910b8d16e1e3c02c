"""Questions and requests of schools, those that wait for the authority first and the longest first."""

from __future__ import annotations

from django.db.models import Case, F, QuerySet, Value, When

from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Return
from muster_web.returns.permissions import visible_returns
from muster_web.schools.models import Ticket
from muster_web.schools.permissions import WRITERS, readable_tickets


def tickets_of(viewer: Viewer) -> QuerySet[Ticket]:
    """The tickets the viewer may read: those that wait for an answer by how long, then the others, the latest first."""
    asked = When(state=Ticket.State.ASKED, then=F("waits_since"))
    return readable_tickets(viewer).order_by(
        Case(asked, default=Value(None)).asc(nulls_last=True), "-waits_since"
    )


def waiting_for(viewer: Viewer) -> int:
    """How many tickets wait for the viewer's side: to be answered by officers, to be read and closed by the school."""
    turn = Ticket.State.ASKED if viewer.roles & frozenset(WRITERS) else Ticket.State.ANSWERED
    return readable_tickets(viewer).filter(state=turn).count()


def askable_returns(viewer: Viewer) -> QuerySet[Return]:
    """The returns of the viewer's own organisation of which something may be asked, those that close last first."""
    mine = visible_returns(viewer).filter(organisation=viewer.organisation)
    return mine.select_related("round").order_by("-round__closes", "pk")
