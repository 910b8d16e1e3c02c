"""``muster ctf compare``: what a received file would change, to be accepted by a person."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from muster.cli.console import Console
from muster.cli.ctf.files import source_of, transfer_at
from muster.model.words import count_of
from muster.transferring.comparing import ItemChange, PupilChange, RecordChange, compare
from muster.transferring.roll import pupils_of
from muster.transferring.roll_files import pupils_on_roll

_SAID = {"new": "new here", "matched": "on roll", "possible": "perhaps on roll: somebody must say"}
_WORDS = {"take": "take", "ask": "decide", "never": "never taken", "keep": "keep"}


def run(args: argparse.Namespace, console: Console) -> int:
    """Show it; exit code 1 where a person has something to decide."""
    changes = compare(pupils_of(transfer_at(args.file)), pupils_on_roll(source_of(args.roll)))
    console.answer({"pupils": [_as_json(change) for change in changes]})
    counts = Counter[str](change.match.standing for change in changes)
    parts = [f"{counts[standing]:,} {words.split(':')[0]}" for standing, words in _SAID.items()]
    console.say(f"{count_of(len(changes), 'pupil')}: {', '.join(parts)}")
    for change in changes:
        _show(console, change)
    return 1 if any(change.to_decide for change in changes) else 0


def _show(console: Console, change: PupilChange) -> None:
    received = change.match.received
    console.detail()
    console.detail(f"{received.get('upn') or 'No UPN'}  {_SAID[change.match.standing]} ({change.match.why})")
    for candidate in change.match.candidates if change.match.standing == "possible" else ():
        console.detail(f"  perhaps {candidate.pupil.get('upn') or 'a pupil without UPN'}: {candidate.why}")
    for item in change.items:
        if item.kind in ("new", "differs") and change.match.standing != "new":
            console.detail(f"  {_line(item)}")
    for record in change.records:
        if record.kind in ("new", "differs"):
            console.detail(f"  {_WORDS[record.proposal]:<11} {record.record} {record.name}: {record.kind}")
            for item in record.items:
                console.detail(f"      {item.title}: {_two(item)}")


def _line(item: ItemChange) -> str:
    why = f" ({item.why})" if item.why else ""
    return f"{_WORDS[item.proposal]:<11} {item.title}: {_two(item)}{why}"


def _two(item: ItemChange) -> str:
    return (
        f"{item.theirs} (nothing here)"
        if item.kind == "new"
        else f"{item.ours} here, {item.theirs} in the file"
    )


def _as_json(change: PupilChange) -> dict[str, Any]:
    match = change.match
    return {
        "upn": match.received.get("upn"),
        "standing": match.standing,
        "why": match.why,
        "candidates": [{"upn": one.pupil.get("upn"), "why": one.why} for one in match.candidates],
        "to_decide": change.to_decide,
        "items": [_item(item) for item in change.items],
        "records": [_record(record) for record in change.records],
    }


def _item(item: ItemChange) -> dict[str, str]:
    return {
        "item": item.item, "ours": item.ours, "theirs": item.theirs, "kind": item.kind, "proposal": item.proposal,
        "why": item.why,
    }  # fmt: skip


def _record(record: RecordChange) -> dict[str, Any]:
    return {
        "table": record.table, "name": record.name, "kind": record.kind, "proposal": record.proposal,
        "items": [_item(item) for item in record.items],
    }  # fmt: skip
