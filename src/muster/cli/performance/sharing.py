"""``muster performance share``: a sum shared out to schools by formula, exact to the penny."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from muster.cli.console import Console
from muster.model import MusterError
from muster.model.words import count_of
from muster.model.writing import neutralised, write_whole
from muster.performance import NoAmount, Share, phase_totals, read_amount, share_out
from muster.performance.funded_schools import read_funded_schools


def run(args: argparse.Namespace, console: Console) -> int:
    """Share the sum out, show the totals of each phase, and write each school's share where asked for."""
    total, lump = _number(args.total, "--total"), _number(args.lump, "--lump")
    schools = read_funded_schools(args.schools)
    shares = share_out(total, schools, lump_percent=lump)
    if args.csv:
        _write(shares, args.csv)
    console.say(
        f"£{total:,.2f} shared out to {count_of(len(shares), 'school')}, to the penny: {lump}% in equal lumps"
    )
    _show_phases(console, shares)
    other: Sequence[Share] = ()
    if args.what_if:
        instead = _number(args.what_if, "--what-if")
        other = share_out(total, schools, lump_percent=instead)
        console.detail(f"\nIf {instead}% were shared out equally:")
        _show_phases(console, other)
    console.answer(_as_json(total, shares, other))
    return 0


def _number(text: str, option: str) -> Decimal:
    """The number of an option.  Raises MusterError that names the option."""
    try:
        number = read_amount(text).number
    except NoAmount:
        number = None
    if number is None:
        raise MusterError(f"{option} {text} is not one number; write it as 185000 or 40")
    return number


def _show_phases(console: Console, shares: Sequence[Share]) -> None:
    if console.quiet:
        return
    rows = [
        (one.phase, one.schools, f"{one.amount:,.2f}", f"{one.average:,.2f}") for one in phase_totals(shares)
    ]
    console.table(("Phase", "Schools", "Pounds", "Average"), rows)


def _as_json(total: Decimal, shares: Sequence[Share], other: Sequence[Share]) -> dict[str, object]:
    answer: dict[str, object] = {"total": str(total), "schools": [_share_json(one) for one in shares]}
    if other:
        answer["what_if"] = [_share_json(one) for one in other]
    return answer


def _share_json(share: Share) -> dict[str, str]:
    about = share.school
    return {
        "school": about.ref,
        "phase": about.phase,
        "pupils": str(about.pupils),
        "pounds": f"{share.amount:.2f}",
    }


def _write(shares: Sequence[Share], path: Path) -> None:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(("school", "name", "phase", "pupils", "pounds"))
    for one in shares:
        about = one.school
        cells = (about.ref, about.name, about.phase, str(about.pupils), f"{one.amount:.2f}")
        writer.writerow([neutralised(cell) for cell in cells])
    write_whole(path, held.getvalue().encode("utf-8-sig"))
