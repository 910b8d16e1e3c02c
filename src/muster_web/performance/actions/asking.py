"""Keep what open quarters ask as the plan is: a line for every milestone, owned by the office that owns it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muster_web.performance.models import Line, Piece, Plan, Quarter
from muster_web.performance.queries.way_up import owner_of


def fit_open_quarters(plan: Plan) -> None:
    """Let quarters that are not published ask for milestones put into the plan since, and of the offices that own them.

    A line that is there stays, that of a closed piece too: the quarter says how it ended.  One that is only corrected
    asks for nothing that was put into the plan after it.
    """
    pieces = list(plan.pieces.all())
    owners = _owners_of_milestones(pieces)
    for quarter in plan.quarters.filter(published=None, correcting=""):
        lines = {one.piece_id: one for one in quarter.lines.filter(piece__isnull=False)}
        Line.objects.bulk_create(_missing(quarter, pieces, owners, known=set(lines)))
        moved = [one for piece, one in lines.items() if one.owner != owners.get(piece, one.owner)]
        for one in moved:
            one.owner = owners[one.piece_id]
        Line.objects.bulk_update(moved, ["owner"])


def _owners_of_milestones(pieces: Sequence[Piece]) -> dict[int | None, str]:
    above = {one.pk: one for one in pieces}
    return {one.pk: owner_of(one, above) for one in pieces if one.due_on}


def _missing(
    quarter: Quarter, pieces: Sequence[Piece], owners: dict[int | None, str], *, known: set[int | None]
) -> Iterator[Line]:
    for one in pieces:
        if one.due_on and not one.closed_on and one.pk not in known:
            yield Line(quarter=quarter, piece=one, owner=owners[one.pk])
