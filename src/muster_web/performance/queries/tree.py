"""A plan as a tree with the lights of its milestones, as they stand today or as the last quarter says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from muster.performance import Count, Lit, count_lights, milestone
from muster_web.performance.models import Line, Piece, Plan
from muster_web.performance.queries.way_up import owner_of


@dataclass
class Branch:
    """A piece of the plan with its owner, its light where it is a milestone, and what lies below it."""

    piece: Piece
    owner: str
    lit: Lit | None
    below: list[Branch] = field(default_factory=list)

    @property
    def count(self) -> Count:
        """The lights of the milestones in it, itself included."""
        own = count_lights([self.lit.light] if self.lit else [])
        return sum((one.count for one in self.below), own)

    @property
    def closed(self) -> int:
        """How many milestones in it, itself included, were closed before they were done."""
        own = bool(self.piece.due_on and self.piece.closed_on and self.lit is None)
        return own + sum(one.closed for one in self.below)


@dataclass(frozen=True)
class Tree:
    """The branches of a plan, and the lights of all its milestones."""

    branches: list[Branch]

    @property
    def count(self) -> Count:
        """How many milestones show which light."""
        return sum((one.count for one in self.branches), Count())

    @property
    def closed(self) -> int:
        """How many milestones were closed before they were done, and are in no count."""
        return sum(one.closed for one in self.branches)


def tree_of(plan: Plan) -> Tree:
    """The tree of a plan today."""
    pieces = list(plan.pieces.all())
    above, done = {one.pk: one for one in pieces}, _done(plan)
    branches: dict[int, Branch] = {}
    roots: list[Branch] = []
    for one in pieces:
        branches[one.pk] = Branch(one, owner_of(one, above), _lit(one, done.get(one.pk)))
        (branches[one.parent_id].below if one.parent_id else roots).append(branches[one.pk])
    return Tree(roots)


def _done(plan: Plan) -> dict[int, date]:
    """The days on which milestones were done, as the last quarter that says so has them."""
    said = Line.objects.filter(quarter__plan=plan, piece__isnull=False, done_on__isnull=False)
    rows = said.order_by("quarter__part").values_list("piece", "done_on")
    return {piece: day for piece, day in rows if piece and day}


def _lit(piece: Piece, done: date | None) -> Lit | None:
    """The light of a milestone; one that was closed before it was done has none, it is no longer pursued."""
    if piece.due_on is None or (piece.closed_on and done is None):
        return None
    return milestone(piece.due_on, timezone.localdate(), done_on=done)
