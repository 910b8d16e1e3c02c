"""``muster ctf read``: what a transfer file holds."""

from __future__ import annotations

import argparse
from typing import Any

from muster.cli.console import Console
from muster.cli.ctf.files import transfer_at
from muster.model.words import count_of
from muster.transferring.files import Transfer, transfer_collection
from muster.transferring.roll import pupils_of


def run(args: argparse.Namespace, console: Console) -> int:
    """Say it; exit code 1 where the name of the file and what is in it disagree."""
    transfer = transfer_at(args.file)
    console.answer(_as_json(transfer))
    held = count_of(len(transfer.pupils), "pupil")
    places = f"from {transfer.source or 'a site of the department'} to {transfer.destination or 'nobody'}"
    console.say(f"{transfer.kind} {transfer.version} {places}, {held}: {args.file.name}")
    counts = [
        (transfer_collection().tables[name].title, len(rows))
        for name, rows in transfer.document.tables.items()
        if len(rows) and name != "returns"
    ]
    if not console.quiet:
        console.table(("Holds", "Records"), counts)
    for notice in transfer.document.notices:
        console.detail(f"Note: {notice.message}{f' (line {notice.line})' if notice.line else ''}")
    for said in transfer.disagreements():
        console.complain(said)
    return 1 if transfer.disagreements() else 0


def _as_json(transfer: Transfer) -> dict[str, Any]:
    """The whole file: header, and each pupil with every item and record."""
    header = {item: text for item, text in transfer.document.header.items() if text}
    pupils = [
        {**one.values, "records": [{"table": r.table, **r.within, **r.values} for r in one.records]}
        for one in pupils_of(transfer)
    ]
    return {
        "kind": transfer.kind, "version": transfer.version, "header": header, "pupils": pupils,
        "kept": len(transfer.document.kept), "disagreements": list(transfer.disagreements()),
        "notices": [{"code": n.code, "message": n.message, "line": n.line} for n in transfer.document.notices],
    }  # fmt: skip
