"""Compute the figures of plans on the website again: from the same data, or anew from the returns as they stand.

``verify`` reads the very data that each figure was made from and says what comes out otherwise and why; ``compute``
makes the figures of open quarters anew. Exit code 0: done, and nothing differs; 1: something differs or cannot be
computed; 2: could not run.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from muster.cli.chosen import action_parser
from muster.cli.console import Console
from muster.model import MusterError
from muster.model.words import count_of
from muster_web.commands._start import data_argument, refuse_without_tables, start

if TYPE_CHECKING:
    from muster_web.performance.models import Figure, Quarter


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: one of the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, about in (
        ("verify", "compute every figure again from the data it was made from, and say what differs"),
        ("compute", "compute the figures of every open quarter from the returns as they stand"),
    ):
        one = action_parser(actions, name, about)
        one.add_argument("--authority", metavar="CODE", default="", help="of this authority alone, as 919")
        data_argument(one)


def run(args: argparse.Namespace, console: Console) -> int:
    """Verify or compute."""
    start(args.data)
    refuse_without_tables()
    return _verify(args, console) if args.action == "verify" else _compute(args, console)


def _verify(args: argparse.Namespace, console: Console) -> int:
    from muster_web.performance.queries.snapshotting import last_figures

    figures = [one for quarter in _quarters(args) for one in last_figures(quarter).values()]
    found = [(one, told) for one in figures if (told := _told_of(one))]
    console.say(f"{count_of(len(figures), 'figure')} computed again; {count_of(len(found), 'difference')}")
    for one, told in found:
        console.detail(f"  {one.quarter}, {one.title}: {told}")
    console.answer([{"figure": one.pk, "name": one.name, "differs": told} for one, told in found])
    return 1 if found else 0


def _told_of(figure: Figure) -> str:
    """What differs, or why the figure cannot be computed again; '' where it is the same."""
    from muster_web.performance.actions.computing import differences

    try:
        return "; ".join(differences(figure))
    except MusterError as problem:
        return f"cannot be computed again: {problem}"


def _compute(args: argparse.Namespace, console: Console) -> int:
    from muster_web.performance.actions.computing import compute

    faults = 0
    for one in _quarters(args):
        if one.published:
            continue
        made = compute(quarter=one, by=None)
        one.refresh_from_db(fields=["figures_fault"])
        faults += bool(one.figures_fault)
        console.say(f"{one}: {one.figures_fault or count_of(len(made), 'figure')}")
    return 1 if faults else 0


def _quarters(args: argparse.Namespace) -> list[Quarter]:
    from muster_web.performance.models import Quarter

    found = Quarter.objects.select_related("plan__authority").order_by("pk")
    return list(found.filter(plan__authority__la_code=args.authority) if args.authority else found)
