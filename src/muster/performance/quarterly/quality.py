"""The statement on data quality, put together from the record of each indicator and signed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from muster.model.words import count_of, date_in_words
from muster.performance.quarterly.document import Cell, Piece, Table
from muster.performance.quarterly.snapshot import Computed, Entry, Snapshot

_LISTED = 3


def quality_statement(snapshot: Snapshot) -> Iterator[Piece]:
    """What can be said of the figures of this report, and who says so."""
    recorded = [one for one in snapshot.entries if one.quality]
    if not recorded:
        yield "This report has no figures whose quality is recorded."
        return
    yield " ".join(_sentences(snapshot, recorded))
    yield _table(recorded)
    if snapshot.signed:
        yield f"Signed by the {snapshot.signed.by} on {date_in_words(snapshot.signed.on)}."


def _sentences(snapshot: Snapshot, recorded: list[Entry]) -> Iterator[str]:
    checked = sum(bool(one.quality and one.quality.checked_by) for one in recorded)
    yield f"Of {count_of(len(snapshot.entries), 'indicator')}, {checked} {'was' if checked == 1 else 'were'} checked."
    computed = sum(bool(one.computed or one.withheld) for one in snapshot.entries)
    if computed:
        yield f"{_number_of(computed)} computed from returns, and can be computed again from the same files."
    yield _those("estimated", [one for one in recorded if one.quality and one.quality.estimated])
    yield _those(
        "from partners or other agencies",
        [one for one in recorded if one.quality and one.quality.third_party],
    )


def _number_of(number: int) -> str:
    return f"{number} was" if number == 1 else f"{number} were"


def _those(what: str, entries: list[Entry]) -> str:
    if not entries:
        return f"No figure is {what}."
    return f"{', '.join(one.measure.ref for one in entries)}: {what}."


def _table(recorded: list[Entry]) -> Table:
    rows = tuple(_row(one) for one in recorded)
    return Table(
        "Where each figure comes from",
        ("Ref.", "Source", "How it is made", "Checked by", "Concerns"),
        rows,
        (10, 26, 30, 16, 18),
    )


def _row(one: Entry) -> tuple[Cell, ...]:
    quality = one.quality
    if quality is None:
        return (Cell(one.measure.ref), *[Cell("")] * 4)
    source = quality.source
    if one.computed:
        source = f"{source}: {_files(one.computed)}; {one.computed.program}, query {one.computed.query[:12]}…"
    return (
        Cell(one.measure.ref), Cell(source), Cell(quality.method), Cell(quality.checked_by),
        Cell(quality.concern or "none"),
    )  # fmt: skip


def _files(computed: Computed) -> str:
    """The files of a figure with their checksums; of many, how many and the checksum of all of theirs."""
    if len(computed.data) <= _LISTED:
        return ", ".join(f"{name} (SHA-256 {checksum[:12]}…)" for name, checksum in computed.data)
    of_all = sha256("".join(sorted(checksum for _, checksum in computed.data)).encode()).hexdigest()
    return f"{len(computed.data)} files (SHA-256 of all {of_all[:12]}…)"
