"""What linking could not simply take over: sources that disagree, and records that stay out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from muster.model import Provenance
from muster.model.writing import neutralised, write_whole


@dataclass(frozen=True)
class Conflict:
    """Two sources that disagree: the value that stands, the other one, and why the first wins.

    ``item`` is '' where the sources disagree on whether the record exists at all.
    """

    ref: str
    table: str
    item: str
    record: str
    value: str
    source: Provenance
    other_value: str
    other_source: Provenance
    reason: str


@dataclass(frozen=True)
class LeftOut:
    """Something a source holds that is in no return, and why."""

    ref: str
    table: str
    record: str
    source: str
    file: str
    row: int | None
    reason: str


_CONFLICT_HEADINGS = (
    "School", "Record", "Item", "Value taken", "From", "Other value", "Also from", "Why",
)  # fmt: skip
_LEFT_OUT_HEADINGS = ("School", "Record", "Why", "Source", "File", "Row")


def write_conflicts(conflicts: Iterable[Conflict], path: Path) -> None:
    """Write where sources disagree as CSV: both values, where each came from, which was taken and why."""
    rows = (
        (c.ref, c.record, f"{c.table}.{c.item}", c.value, _place(c.source), c.other_value, _place(c.other_source),
         c.reason)
        for c in conflicts
    )  # fmt: skip
    _write(path, _CONFLICT_HEADINGS, rows)


def write_left_out(left_out: Iterable[LeftOut], path: Path) -> None:
    """Write the records that are in no return as CSV, each with the reason."""
    rows = ((o.ref, o.record, o.reason, o.source, o.file, str(o.row or "")) for o in left_out)
    _write(path, _LEFT_OUT_HEADINGS, rows)


def _place(came: Provenance) -> str:
    row = f", row {came.row}" if came.row else ""
    return f"{came.source}: {came.file}, {came.column}{row}"


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([neutralised(cell) for cell in row] for row in rows)
    write_whole(path, text.getvalue().encode("utf-8-sig"))
