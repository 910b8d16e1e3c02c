"""``muster ctf request``: a request for learner numbers, and what stands in its way."""

from __future__ import annotations

import argparse
from datetime import date

from muster.cli.console import Console
from muster.cli.ctf.files import transfer_at, write_to
from muster.model.words import count_of
from muster.model.writing import write_whole
from muster.transferring.learner_batches import batch_text, learner_of
from muster.transferring.learner_numbers import Obstacle, obstacles, request, without_number
from muster.transferring.roll import pupils_of


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the request unless something stands in the way of a pupil; exit code 1 where it does."""
    transfer = transfer_at(args.file)
    asked = {pupil.key for pupil in without_number(transfer)}
    found = [one for one in obstacles(transfer, date.today().isoformat()) if one.pupil]
    hindered = {one.pupil for one in found}
    written = ""
    if asked - hindered and (args.partly or not found):
        made = request(transfer, asked - hindered)
        written = str(write_to(made, args.target, instead_of=args.file))
        if args.batch:
            write_whole(args.batch, batch_text([learner_of(pupil) for pupil in pupils_of(made)]).encode())
    _show(console, found, len(asked - hindered), written)
    console.answer({
        "written": written, "asked": len(asked - hindered) if written else 0, "hindered": len(hindered),
        "obstacles": [vars(one) for one in found],
    })  # fmt: skip
    return 1 if found else 0


def _show(console: Console, found: list[Obstacle], ready: int, written: str) -> None:
    if written:
        console.say(f"Wrote {written}: a request for {count_of(ready, 'pupil')}")
    elif found:
        console.say(f"Nothing was written: see to what follows, or ask for the other {ready:,} with --partly")
    else:
        console.say("Nothing to ask for: every pupil of the file has a learner number")
    for one in found:
        console.say(f"  {one.upn or 'No UPN'}: {one.message} {one.fix}")
