"""``muster ctf convert``: a transfer file in another version."""

from __future__ import annotations

import argparse

from muster.cli.console import Console
from muster.cli.ctf.files import transfer_at, write_to
from muster.transferring.files import converted


def run(args: argparse.Namespace, console: Console) -> int:
    """Write it; exit code 1 where the version has no place for something."""
    before = transfer_at(args.file)
    made = converted(before, args.version)
    written = write_to(made.transfer, args.target, instead_of=args.file)
    console.say(f"Wrote {written}: {before.kind} {before.version} as {made.transfer.version}")
    for lost in made.lost:
        console.say(f"Look at this: {lost}")
    console.answer({
        "written": str(written), "from": before.version, "to": made.transfer.version, "lost": list(made.lost),
    })  # fmt: skip
    return 1 if made.lost else 0
