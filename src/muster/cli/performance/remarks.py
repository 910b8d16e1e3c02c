"""Remarks on what was read, as lines for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from muster.cli.console import Console
from muster.performance import Remark


def show_remarks(console: Console, remarks: Sequence[Remark]) -> None:
    """A line for each remark, with its place."""
    for one in remarks:
        where = str(replace(one.place, file=""))
        console.detail(f"  {where}: {one.about}. {one.text}" if where else f"  {one.about}. {one.text}")


def remark_json(remark: Remark) -> dict[str, object]:
    """A remark as data."""
    place = remark.place
    return {
        "about": remark.about,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "text": remark.text,
    }
