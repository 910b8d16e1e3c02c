"""Counts and lists over the returns of a round that a viewer may see; a count is the length of its list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from muster.submit.states import BEING_CHECKED, OPEN, SENT, State
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Return, Round
from muster_web.returns.permissions import visible_returns

# Today's work, in the order it comes up: the name of the filter, its words, and the states it covers.
WORK = {
    "not_loaded": ("Not loaded", frozenset({State.EXPECTED, State.WITHDRAWN})),
    "being_checked": ("Being checked", BEING_CHECKED),
    "not_submitted": ("Loaded, not submitted", OPEN - {State.RETURNED_BY_AGENT, State.RETURNED_BY_COLLECTOR}),
    "to_approve": ("Submitted", SENT),
    "sent_back": ("Sent back", frozenset({State.RETURNED_BY_AGENT, State.RETURNED_BY_COLLECTOR})),
    "approved": ("Approved", frozenset({State.APPROVED})),
    "authorised": ("Authorised", frozenset({State.AUTHORISED})),
    "not_required": ("Not required", frozenset({State.NOT_REQUIRED})),
}


@dataclass(frozen=True)
class RoundOnBoard:
    """A round with the number of returns the viewer sees in each kind of work."""

    round: Round
    counts: dict[str, int]
    only: Return | None

    @property
    def returns(self) -> int:
        """How many returns there are in all."""
        return sum(self.counts.values())


def in_work(returns: QuerySet[Return], work: str) -> QuerySet[Return]:
    """The returns in one kind of work; all of them where the name is not known."""
    return returns.filter(state__in=WORK[work][1]) if work in WORK else returns


def counts_of(returns: QuerySet[Return]) -> dict[str, int]:
    """How many returns are in each kind of work, in one query."""
    asked = {name: Count("pk", filter=Q(state__in=states)) for name, (_, states) in WORK.items()}
    return returns.order_by().aggregate(**asked)


def rounds_of(viewer: Viewer) -> list[RoundOnBoard]:
    """The rounds the viewer sees returns of, the one that closes first at the top."""
    mine = visible_returns(viewer)
    rounds = Round.objects.filter(pk__in=mine.order_by().values("round")).order_by("closes")
    return [_on_board(mine.filter(round=one), one) for one in rounds]


def _on_board(returns: QuerySet[Return], round: Round) -> RoundOnBoard:
    counts = counts_of(returns)
    only = returns.first() if sum(counts.values()) == 1 else None
    return RoundOnBoard(round, counts, only)
