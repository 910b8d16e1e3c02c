"""Change a plan on screen, piece by piece: add, change, move, close; every change is kept with what stood before.

Whoever writes says which edition of the piece they were shown.  Where it is no longer the last, nothing is kept and
they are told what was written meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.model.words import date_in_words
from muster.performance.due import read_due
from muster_web.accounts.viewer import Viewer
from muster_web.performance.actions.asking import fit_open_quarters
from muster_web.performance.actions.overtaken import Overtaken
from muster_web.performance.actions.telling import tell
from muster_web.performance.models import Line, Piece, PieceChange, Plan
from muster_web.performance.permissions import refuse_unless_keeper
from muster_web.performance.queries.pieces import (
    Spot,
    in_order,
    links_told,
    may_hold,
    within,
    wrong_links,
)

What = PieceChange.What
WRITTEN = ("ref", "title", "owner", "due", "evidence", "details", "links")


@transaction.atomic
def add_piece(*, viewer: Viewer, piece: Piece, spot: Spot) -> Piece:
    """Put a piece into a plan, at a place of it.

    Raises NotAllowed, and MusterError for what has no title, a reference that is taken, or links that cannot be.
    """
    plan = _locked_plan(viewer, piece.plan)
    _refuse_spot(plan, piece, spot)
    pieces = list(plan.pieces.all())
    piece.parent, piece.due_on, piece.position = spot.below, read_due(piece.due), len(pieces) + 1
    _refuse_wrong(piece, pieces)
    piece.save()
    _renumber(in_order(pieces, piece, spot.after))
    _keep(viewer, piece, What.ADDED, _differences(Piece(), piece))
    return piece


@transaction.atomic
def change_piece(*, viewer: Viewer, piece: Piece, seen: int, said: Mapping[str, Any]) -> Piece:
    """Keep what is said of a piece; ``said`` has fields by name, ``seen`` is the edition that was shown.

    Raises NotAllowed, Overtaken, and MusterError for what cannot be or changes nothing.
    """
    now, before = _locked(viewer, piece, seen), _locked(viewer, piece, seen)
    for name in WRITTEN:
        if name in said:
            setattr(now, name, said[name])
    now.due_on = read_due(now.due)
    changed = _differences(before, now)
    if not changed:
        raise MusterError("Nothing is different from what stands, so nothing was kept.")
    if before.due_on and not now.due_on and Line.objects.filter(piece=now).exists():
        raise MusterError(
            f"A quarter asks how {now.ref} stands, so it needs a day, such as 30 November 2026. Close it if it is no "
            "longer pursued."
        )
    _refuse_wrong(now, list(now.plan.pieces.all()))
    now.save()
    _keep(viewer, now, What.CHANGED, changed)
    return now


@transaction.atomic
def move_piece(*, viewer: Viewer, piece: Piece, seen: int, spot: Spot) -> Piece:
    """Put a piece with everything below it at another place of its plan; it keeps its reference.

    Raises NotAllowed, Overtaken, and MusterError where it would stand below itself or below something smaller.
    """
    now = _locked(viewer, piece, seen)
    pieces = list(now.plan.pieces.all())
    _refuse_spot(now.plan, now, spot)
    own = within(now, pieces)
    if any(one and one.pk in own for one in (spot.below, spot.after)):
        raise MusterError(f"{now.ref} cannot stand below itself or below a part of it.")
    was = _place(now, pieces)
    now.parent = spot.below
    ordered = in_order(pieces, now, spot.after)
    became = _place(now, ordered)
    if was == became:
        raise MusterError(f"{now.ref} stands there already.")
    now.save()
    _renumber(ordered)
    _keep(viewer, now, What.MOVED, [{"field": "place", "before": was, "after": became}])
    return now


@transaction.atomic
def close_piece(*, viewer: Viewer, piece: Piece, seen: int, why: str) -> list[Piece]:
    """Close a piece and everything below it that is open; quarters opened from now on do not ask of it.

    Raises NotAllowed, Overtaken, and MusterError without a reason or where it is closed.
    """
    now = _locked(viewer, piece, seen)
    if now.closed_on:
        raise MusterError(f"{now.ref} was closed on {date_in_words(now.closed_on)} already.")
    if not why.strip():
        raise MusterError("Say why it is closed: what was reached, or why it is no longer pursued.")
    pieces = list(now.plan.pieces.all())
    own = within(now, pieces)
    closing = [one for one in pieces if one.pk in own and not one.closed_on]
    for one in closing:
        _set_closed(viewer, one, What.CLOSED, on=timezone.localdate(), why=why.strip())
    fit_open_quarters(now.plan)
    tell("piece_closed", viewer, now.plan, data={"piece": now.pk, "pieces": len(closing)})
    return closing


@transaction.atomic
def reopen_piece(*, viewer: Viewer, piece: Piece, seen: int) -> Piece:
    """Open a closed piece again, alone.  Raises NotAllowed, Overtaken, and MusterError below a closed one."""
    now = _locked(viewer, piece, seen)
    if not now.closed_on:
        raise MusterError(f"{now.ref} is open.")
    if now.parent and now.parent.closed_on:
        raise MusterError(f"{now.parent.ref} is closed; open that first.")
    _set_closed(viewer, now, What.REOPENED, on=None, why="")
    fit_open_quarters(now.plan)
    tell("piece_reopened", viewer, now.plan, data={"piece": now.pk})
    return now


# -- what all of them do -----------------------------------------------------------------------------------


def _locked_plan(viewer: Viewer, plan: Plan) -> Plan:
    """The plan, so that its pieces are changed one after the other."""
    refuse_unless_keeper(viewer, plan)
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _locked(viewer: Viewer, piece: Piece, seen: int) -> Piece:
    plan = _locked_plan(viewer, piece.plan)
    now = Piece.objects.select_related("plan", "parent").get(pk=piece.pk, plan=plan)
    if now.edition != seen:
        raise Overtaken("piece")
    return now


def _refuse_spot(plan: Plan, piece: Piece, spot: Spot) -> None:
    """Refuse a place that is not in the plan, or where only something larger may stand."""
    below, after = spot.below, spot.after
    if any(one and one.plan_id != plan.pk for one in (below, after)) or (
        after and after.parent_id != (below.pk if below else None)
    ):
        raise MusterError("The place is no longer in the plan; load the page again.")
    if not may_hold(below, piece.level):
        assert below is not None, "everything may stand at the top"
        raise MusterError(
            f"{below.ref} is {_a(below.level)}; {_a(piece.level)} does not stand below it, only something smaller."
        )
    if below and below.closed_on and not piece.closed_on:
        raise MusterError(f"{below.ref} is closed; open it again before something is put below it.")


def _a(level: str) -> str:
    return f"{'an' if level[0] == 'a' else 'a'} {level}"


def _refuse_wrong(piece: Piece, pieces: Sequence[Piece]) -> None:
    """Refuse a piece without reference or title, a reference that is taken, a person as owner, links that cannot be."""
    others = [one for one in pieces if one.pk != piece.pk]
    stood = next((one for one in pieces if one.pk == piece.pk), None)
    if not piece.ref.strip() or not piece.title.strip():
        raise MusterError("A piece of a plan has a reference and a title.")
    if any(one.ref == piece.ref for one in others) and (stood is None or stood.ref != piece.ref):
        raise MusterError(f"The plan has a {piece.ref} already; choose another reference.")
    if "@" in piece.owner:
        raise MusterError("The owner is an office, such as Head of people, not the address of a person.")
    new = set(wrong_links([*others, piece])) - set(wrong_links(pieces))
    if new:
        raise MusterError(f"{sorted(new)[0]}. Change the link, then keep it again.")


def _renumber(ordered: Sequence[Piece]) -> None:
    moved = [(place, one) for place, one in enumerate(ordered, 1) if one.position != place]
    for place, one in moved:
        one.position = place
    Piece.objects.bulk_update([one for _, one in moved], ["position"], batch_size=500)


def _place(piece: Piece, ordered: Sequence[Piece]) -> str:
    """Where a piece stands in words: below what, and after what."""
    siblings = [one for one in ordered if one.parent_id == piece.parent_id]
    at = [one.pk for one in siblings].index(piece.pk)
    below = f"below {piece.parent.ref}" if piece.parent else "at the top"
    return f"{below}, after {siblings[at - 1].ref}" if at else f"{below}, first"


def _differences(before: Piece, after: Piece) -> list[dict[str, str]]:
    pairs = ((name, _told(before, name), _told(after, name)) for name in (*WRITTEN, "level"))
    return [{"field": name, "before": was, "after": is_now} for name, was, is_now in pairs if was != is_now]


def _told(piece: Piece, name: str) -> str:
    if name == "links":
        found = ((relation, links_told(piece, relation)) for relation in ("depends on", "mentions"))
        return "; ".join(f"{relation} {refs}" for relation, refs in found if refs)
    value = getattr(piece, name)
    return "\n".join(value) if name == "details" else str(value)


def _keep(viewer: Viewer, piece: Piece, what: PieceChange.What, said: list[dict[str, str]]) -> None:
    """Keep a change in the history, let open quarters follow, and tell the audit which fields it was."""
    _add_change(viewer, piece, what, said)
    fit_open_quarters(piece.plan)
    fields = [one["field"] for one in said]
    tell(
        f"piece_{what}",
        viewer,
        piece.plan,
        data={"piece": piece.pk, "edition": piece.edition, "fields": fields},
    )


def _set_closed(viewer: Viewer, piece: Piece, what: PieceChange.What, *, on: date | None, why: str) -> None:
    said = [{"field": "closed_why", "before": piece.closed_why, "after": why}]
    piece.closed_on, piece.closed_why = on, why
    piece.save(update_fields=["closed_on", "closed_why"])
    _add_change(viewer, piece, what, said)


def _add_change(viewer: Viewer, piece: Piece, what: PieceChange.What, said: list[dict[str, str]]) -> None:
    if what != What.ADDED:
        piece.edition += 1
        piece.save(update_fields=["edition"])
    PieceChange.objects.create(piece=piece, edition=piece.edition, what=what, said=said, by=viewer.user)
