"""``muster ctf answers``: the learner numbers that came back, put into the file they were asked for with."""

from __future__ import annotations

import argparse
from collections import Counter

from muster.cli.console import Console
from muster.cli.ctf.files import source_of, transfer_at, write_to
from muster.model import MusterError
from muster.model.words import count_of
from muster.transferring.learner_batches import Answer, answers, read_batch, with_numbers

_WORDS = {
    "given": "a number was given", "same": "the number the pupil had", "none": "no number came back",
    "differs": "another number than the pupil has: decide", "wrong": "what came back can be no number",
    "nobody": "no pupil of the file",
}  # fmt: skip


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the file with what was given; exit code 1 where something is left to see to."""
    transfer = transfer_at(args.file)
    found = answers(transfer, read_batch(_text(args), name=args.batch.name))
    written = write_to(with_numbers(transfer, found), args.target, instead_of=args.file)
    given = sum(one.state == "given" for one in found)
    console.say(f"Wrote {written}: {count_of(given, 'learner number')} put in")
    counts = Counter(_WORDS[one.state] for one in found)
    if not console.quiet:
        console.table(("Answer", "Pupils"), list(counts.items()))
    left = [one for one in found if one.state not in ("given", "same")]
    for one in left:
        console.detail(f"  {one.upn or 'No UPN'}: {_WORDS[one.state]}{_code(one)}")
    console.answer({"written": str(written), "given": given, "answers": [vars(one) for one in found]})
    return 1 if left else 0


def _code(one: Answer) -> str:
    return f" ({one.code}: {one.meaning})" if one.code else ""


def _text(args: argparse.Namespace) -> str:
    try:
        return source_of(args.batch).path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise MusterError(f"{args.batch.name} is not written in UTF-8; save it as CSV UTF-8.") from None
