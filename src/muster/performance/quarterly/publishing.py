"""What may be published of a snapshot: figures of few people are left out, their lights stay."""

from __future__ import annotations

from dataclasses import replace

from muster.performance.amounts import Amount
from muster.performance.lights import Lit
from muster.performance.measures import Value
from muster.performance.quarterly.snapshot import Entry, Snapshot

SMALL = "small number"


def for_publication(snapshot: Snapshot) -> Snapshot:
    """The snapshot without figures that count, or leave out, one to five; the snapshot itself keeps them."""
    entries = tuple(
        _without_figure(snapshot, one) if one.computed and one.computed.is_of_few else one
        for one in snapshot.entries
    )
    return replace(snapshot, entries=entries)


def _without_figure(snapshot: Snapshot, entry: Entry) -> Entry:
    light = snapshot.light_of(entry).light
    values = tuple(_hidden(one) if one.kind == "actual" else one for one in entry.measure.values)
    reason = "the number behind it is too small to be published"
    return replace(
        entry, measure=replace(entry.measure, values=values), computed=None, withheld=Lit(light, reason)
    )


def _hidden(value: Value) -> Value:
    return replace(value, amount=Amount(SMALL, missing=SMALL))
