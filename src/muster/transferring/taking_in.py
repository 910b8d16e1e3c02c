"""Take in what a person accepted, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from muster.model import MusterError
from muster.transferring.comparing import PupilChange, RecordChange
from muster.transferring.roll import Pupil, Record


@dataclass(frozen=True)
class Accepted:
    """What a person said yes to: names of items, and places in ``records`` of the change."""

    items: Collection[str] = ()
    records: Collection[int] = ()


def proposed(change: PupilChange) -> Accepted:
    """What is taken where a person says no more than yes to what is proposed; what is asked about is not in it."""
    return Accepted(
        frozenset(one.item for one in change.items if one.proposal == "take"),
        frozenset(place for place, one in enumerate(change.records) if one.proposal == "take"),
    )


def taken_in(change: PupilChange, ours: Pupil | None, accepted: Accepted) -> Pupil:
    """The pupil of ours as they are after it, or a new one.  Raises MusterError for what must never be.

    A UPN that is replaced is kept as a former one; where there was a former one already, the file's goes with it.
    """
    if ours is None and change.match.standing != "new":
        raise MusterError("Say first which pupil of the school this is, or that it is none of them.")
    values = dict(ours.values) if ours else {}
    for one in change.items:
        if one.item in accepted.items:
            if one.proposal == "never":
                raise MusterError(f"{one.title}: {one.why}.")
            if one.theirs:
                values[one.item] = one.theirs
    before = ours.get("upn") if ours else ""
    if before and values.get("upn") != before:
        values["former_upn"] = before
    return Pupil(ours.key if ours else 0, values, _records(change, ours, accepted))


def _records(change: PupilChange, ours: Pupil | None, accepted: Accepted) -> tuple[Record, ...]:
    kept = list(ours.records) if ours else []
    for place in sorted(accepted.records):
        one = change.records[place]
        if one.theirs is not None and one.kind in ("new", "differs"):
            if one.ours is not None:
                kept.remove(one.ours)
            kept.append(_merged(one))
    return tuple(kept)


def _merged(change: RecordChange) -> Record:
    """The record as the file has it, with what only ours says."""
    assert change.theirs is not None
    before = change.ours.values if change.ours else {}
    return Record(change.table, {**before, **change.theirs.values}, change.theirs.within)
