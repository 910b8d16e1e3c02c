"""The pieces of a plan as somebody changes them: where one may stand, what is wrong with it, what was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from muster.performance.measures import Place
from muster.performance.plan import LEVELS, Level, Link, PlanNode, link_remarks
from muster_web.performance.models import Piece, PieceChange, Plan

FIELDS = {
    "ref": "Reference", "title": "Title", "owner": "Owner", "due": "Due", "evidence": "Evidence",
    "details": "Details", "links": "Links", "level": "Level", "place": "Place", "closed_on": "Closed on",
    "closed_why": "Why it was closed",
}  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A place in a plan: first below a piece, or at the top for None; or right after a piece."""

    below: Piece | None
    after: Piece | None = None

    @property
    def key(self) -> str:
        """The place as a form sends it."""
        if self.after:
            return f"after:{self.after.pk}"
        return f"below:{self.below.pk if self.below else ''}"

    def __str__(self) -> str:
        if self.after:
            return f"After {self.after}"
        return f"First below {self.below}" if self.below else "First in the plan"


def depth(level: str) -> int:
    """How deep a level stands: 0 for an area."""
    known: tuple[str, ...] = LEVELS
    return known.index(level)


def may_hold(parent: Piece | None, level: str) -> bool:
    """Whether a piece of a level may stand below another, or at the top: only what is smaller stands below."""
    return parent is None or depth(parent.level) < depth(level)


def next_level(parent: Piece | None) -> str:
    """The level of what usually stands below a piece: the next smaller one."""
    return LEVELS[min(depth(parent.level) + 1, len(LEVELS) - 1) if parent else 0]


def last_below(parent: Piece | None, pieces: Iterable[Piece]) -> Spot:
    """The place after everything that stands directly below a piece, or at the top."""
    number = parent.pk if parent else None
    siblings = [one for one in pieces if one.parent_id == number]
    return Spot(parent, siblings[-1] if siblings else None)


def within(piece: Piece, pieces: Iterable[Piece]) -> set[int]:
    """The numbers of a piece and of everything below it; ``pieces`` stand in the order of the plan."""
    found = {piece.pk}
    for one in pieces:
        if one.parent_id in found:
            found.add(one.pk)
    return found


def spots_for(piece: Piece) -> Iterator[Spot]:
    """Every place a piece may be moved to: not into itself, and not below what is smaller than it is."""
    pieces = list(piece.plan.pieces.all())
    own, by_number = within(piece, pieces), {one.pk: one for one in pieces}
    yield Spot(None)
    for one in pieces:
        if one.pk in own:
            continue
        parent = by_number[one.parent_id] if one.parent_id else None
        if may_hold(one, piece.level):
            yield Spot(one)
        if may_hold(parent, piece.level):
            yield Spot(parent, one)


def in_order(pieces: Sequence[Piece], moved: Piece, after: Piece | None) -> list[Piece]:
    """The pieces in the order of the plan once one stands where its ``parent`` says, after a piece or before all."""
    below: dict[int | None, list[Piece]] = {}
    for one in pieces:
        if one.pk != moved.pk:
            below.setdefault(one.parent_id, []).append(one)
    siblings = below.setdefault(moved.parent_id, [])
    at = next((place for place, one in enumerate(siblings, 1) if after and one.pk == after.pk), 0)
    siblings.insert(at, moved)
    ordered: list[Piece] = []
    pending = list(reversed(below.get(None, [])))
    while pending:
        ordered.append(pending.pop())
        pending += reversed(below.get(ordered[-1].pk, []))
    return ordered


def links_told(piece: Piece, relation: str) -> str:
    """The references a piece is tied to by a relation, as they are typed."""
    return ", ".join(one["to"] for one in piece.links if one["relation"] == relation)


def wrong_links(pieces: Iterable[Piece]) -> list[str]:
    """What is wrong with the links of pieces: those that lead nowhere, and those that lead round in a circle."""
    return [one.text for one in link_remarks([_node(one) for one in pieces])]


def _node(piece: Piece) -> PlanNode:
    level: Level = piece.level  # type: ignore[assignment]
    links = [Link(one["relation"], one["to"], Place()) for one in piece.links]
    return PlanNode(piece.ref, level, piece.title, links=links)


@dataclass(frozen=True)
class Changed:
    """One field of a change in words."""

    field: str
    before: str
    after: str


def in_words(change: PieceChange) -> list[Changed]:
    """What a change says, field by field."""
    return [
        Changed(FIELDS.get(one["field"], one["field"]), one["before"] or "nothing", one["after"] or "nothing")
        for one in change.said
    ]


def changes_of(plan: Plan) -> QuerySet[PieceChange]:
    """What was changed of the pieces of a plan, the latest first."""
    return PieceChange.objects.filter(piece__plan=plan).select_related("piece", "by")


def changes_since(piece: Piece, edition: int) -> list[PieceChange]:
    """What was changed of a piece since an edition of it was shown, the latest first."""
    return list(piece.changes.filter(edition__gt=edition).select_related("by"))
