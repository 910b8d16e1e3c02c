"""``muster ctf write``: a transfer file from tables."""

from __future__ import annotations

import argparse

from muster.cli.console import Console
from muster.exchange import from_tables
from muster.model import MusterError
from muster.model.words import count_of
from muster.transferring.files import Transfer, transfer_collection, write_transfer
from muster.transferring.names import TransferName


def run(args: argparse.Namespace, console: Console) -> int:
    """Write it under the name its header asks for; never over another file."""
    transfer = Transfer(from_tables(transfer_collection(), args.tables))
    source, destination = transfer.source, transfer.destination
    if source is None or destination is None:
        raise MusterError(
            "the table returns must say source_lea, source_estab, destination_lea and destination_estab, so that the "
            "file can be named"
        )
    written = args.folder / str(TransferName(source, transfer.kind, destination, args.number))
    if written.exists():
        raise MusterError(f"there is a file {written} already; choose the next --number")
    write_transfer(transfer, written)
    held = count_of(len(transfer.pupils), "pupil")
    console.say(f"Wrote {written}: {transfer.kind} {transfer.version}, {held}")
    console.answer({"written": str(written), "version": transfer.version, "pupils": len(transfer.pupils)})
    return 0
