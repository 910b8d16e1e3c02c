"""Check that nothing in the audit was changed, removed or added outside the service; list what was done and read.

Exit code 0: the chain is whole; 1: it is not, and where; 2: could not look.
"""

from __future__ import annotations

import argparse
from datetime import date

from muster.cli.chosen import action_parser
from muster.cli.console import Console
from muster_web.commands._start import data_argument, refuse_without_tables, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: one of the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _action(actions, "verify", "go through the chain and say whether it is whole")
    listing = _action(actions, "list", "the last events, the latest first")
    listing.add_argument("--last", type=int, default=20, metavar="NUMBER", help="how many (default: 20)")
    listing.add_argument("--name", default="", help="only events of this name, such as return_approved")
    listing.add_argument("--subject", default="", help="only events about this, such as return:12")
    listing.add_argument("--actor", default="", help="only events by this, such as user:7")
    listing.add_argument(
        "--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="only events from this day on"
    )


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str
) -> argparse.ArgumentParser:
    parser = action_parser(actions, name, about)
    data_argument(parser)
    return parser


def run(args: argparse.Namespace, console: Console) -> int:
    """Verify or list."""
    start(args.data)
    refuse_without_tables()
    return _verify(console) if args.action == "verify" else _list(args, console)


def _verify(console: Console) -> int:
    from muster_web.audit.verify import verify

    verdict = verify()
    console.answer({"events": verdict.events, "fault": verdict.fault})
    if verdict.fault:
        console.say(f"The audit was tampered with: {verdict.fault}")
        return 1
    console.say(f"{verdict.events:,} events; the chain is whole")
    return 0


def _list(args: argparse.Namespace, console: Console) -> int:
    from muster_web.audit.queries import events

    found = list(
        events(name=args.name, subject=args.subject, actor=args.actor, since=args.since)[: max(args.last, 0)]
    )
    console.table(
        ("event", "at", "what", "by", "for", "about"),
        [
            (e.number, f"{e.at:%Y-%m-%d %H:%M:%S}", e.name, e.actor, e.acting_for or "-", e.subject or "-")
            for e in found
        ],
    )
    console.answer([
        {"number": e.number, "at": e.at, "name": e.name, "actor": e.actor, "for": e.acting_for, "subject": e.subject,
         "data": e.data, "hash": e.hash}
        for e in found
    ])  # fmt: skip
    return 0
