"""Show what the website has kept long enough, and delete it, keeping a certificate of what was deleted.

What is kept how long stands in privacy.toml of each collection. Exit code 0: done, or nothing is due; 2: could not run.
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
    _action(actions, "preview", "what is due to go, today or on another day")
    _action(actions, "apply", "delete what is due to go")


def _action(actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str) -> None:
    parser = action_parser(actions, name, about)
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="as of this day (default: today)"
    )
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Preview or apply."""
    start(args.data)
    refuse_without_tables()
    from muster_web.privacy.actions.retaining import apply_schedule
    from muster_web.privacy.queries.due import held
    from muster_web.privacy.queries.due_files import preview

    if args.action == "preview":
        lines = preview(args.on)
        console.say(
            f"{sum(one.versions for one in lines):,} versions are due to go"
            if lines
            else "Nothing is due to go"
        )
    else:
        applied = apply_schedule(on=args.on)
        lines = list(applied.lines)
        proof = f"; certificate {applied.certificate.pk}" if applied.certificate else ""
        console.say(f"{applied.deleted:,} versions were deleted{proof}" if lines else "Nothing was due to go")
    if not console.quiet and lines:
        console.table(
            ("round", "what", "months", "returns", "versions", "findings", "notes", "edits", "MB"),
            [
                (
                    d.title,
                    d.what,
                    d.months,
                    d.returns,
                    d.versions,
                    d.findings,
                    d.said,
                    d.edits,
                    f"{d.bytes / 1e6:.1f}",
                )
                for d in lines
            ],
        )
    for one in held(args.on):
        console.detail(f"Held: {one.organisation or one.round}, since {one.starts:%Y-%m-%d}")
    console.answer([one.as_json() for one in lines])
    return 0
