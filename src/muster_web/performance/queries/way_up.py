"""From a piece of a plan up to what it is part of: who owns it, and which objective it serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from muster.model import MusterError
from muster_web.performance.models import Piece


def way_up(piece: Piece, above: Mapping[int, Piece]) -> Iterator[Piece]:
    """The piece, what it is part of, and so on to the top; ``above`` are the pieces of its plan by key.

    A piece stands below a larger one only, so no way leads round.  Raises MusterError should one lead back to itself
    all the same, so that no page waits for ever.
    """
    seen: set[int] = set()
    while True:
        if piece.pk in seen:
            raise MusterError(f"the plan goes round in a circle at {piece.ref}; load it again from its file")
        seen.add(piece.pk)
        yield piece
        if piece.parent_id is None:
            return
        piece = above[piece.parent_id]


def owner_of(piece: Piece, above: Mapping[int, Piece]) -> str:
    """The office that owns a piece: its own, or that of the nearest piece around it; '' where there is none."""
    return next((one.owner for one in way_up(piece, above) if one.owner), "")


def objectives_of(pieces: Sequence[Piece]) -> dict[int, Piece]:
    """For each piece of a plan the objective it is of: the priority around it, else the area, else the topmost."""
    above = {one.pk: one for one in pieces}
    return {one.pk: _objective(one, above) for one in pieces}


def _objective(piece: Piece, above: Mapping[int, Piece]) -> Piece:
    way = list(way_up(piece, above))
    return next((one for one in way if one.level in ("priority", "area")), way[-1])
