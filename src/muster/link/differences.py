"""What linking could not simply take over: sources that disagree, and records that stay out."""

from __future__ import annotations

from dataclasses import dataclass

from muster.model import Provenance


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
