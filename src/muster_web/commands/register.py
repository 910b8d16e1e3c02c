"""Refresh the schools, authorities and trusts of the service from the official establishment register.

FILE is the register's CSV of all establishments with its 140 columns, as downloaded; both styles of dates and both
encodings are read.  What people here keep (contacts, notes, memberships, access) is not touched.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from muster.cli.console import Console
from muster.model import MusterError
from muster.model.words import date_in_words
from muster_web.commands._start import data_argument, refuse_without_tables, start

if TYPE_CHECKING:
    from muster_web.accounts.actions.registering import Linked, Refreshed
    from muster_web.accounts.register.links import Links

SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the links and what to do about codes of authorities that are none."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the register's CSV of establishments")
    parser.add_argument("--links", type=Path, metavar="FILE", help="its CSV of predecessors and successors")
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DAY",
        help="the day of the file as 2025-04-22; else what its name says, else today",
    )  # fmt: skip
    parser.add_argument(
        "--authority", action="append", default=[], metavar="CODE=CODE",
        help="an authority's code in the file, and the one to use for it; can be given again",
    )  # fmt: skip
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Refresh, and say what was done and what was refused; 1 where something was refused."""
    _readable(args.file, *([args.links] if args.links else []))
    codes = _codes(args.authority)
    start(args.data)
    refuse_without_tables()
    done = _refresh(args, console, codes)
    links, linked = _links(args.links)
    refused = [f"{args.file.name}, {one}" for one in (*done.refused, *done.remarks)]
    refused += [f"{args.links.name}, {one}" for one in links.refused]
    _say(console, done, refused)
    if args.links:
        _say_links(console, links, linked)
    console.answer({"register": asdict(done), "links": {"rows": links.rows, **asdict(linked)}})
    return 1 if done.refused or links.refused else 0


def _readable(*paths: Path) -> None:
    for path in paths:
        if not path.is_file():
            raise MusterError(
                f"{path} is not there; give the path of the CSV file downloaded from the register"
            )


def _codes(given: list[str]) -> dict[str, str]:
    wrong = [one for one in given if one.count("=") != 1]
    if wrong:
        raise MusterError(f"--authority {wrong[0]} is not understood; write the two codes, as 909=942")
    return {code: meant for code, _, meant in (one.partition("=") for one in given)}


def _refresh(args: argparse.Namespace, console: Console, codes: dict[str, str]) -> Refreshed:
    from django.utils import timezone

    from muster_web.accounts.actions.registering import refresh
    from muster_web.accounts.register.files import day_of_file
    from muster_web.accounts.viewer import SYSTEM
    from muster_web.schools.actions.indexing import index_schools

    on = args.date or day_of_file(args.file) or timezone.localdate()
    with console.counting("establishments", 0) as counter:
        done = refresh(viewer=SYSTEM, path=args.file, on=on, la_codes=codes, progress=counter.to)
    index_schools()
    return done


def _links(path: Path | None) -> tuple[Links, Linked]:
    from muster_web.accounts.actions.registering import Linked, take_links
    from muster_web.accounts.register.links import Links, links_of
    from muster_web.accounts.viewer import SYSTEM

    if path is None:
        return Links(), Linked(0, 0)
    links = links_of(path)
    return links, take_links(viewer=SYSTEM, links=links)


def _say(console: Console, done: Refreshed, refused: list[str]) -> None:
    console.say(
        f"{done.rows:,} rows of {date_in_words(done.on)}: {done.created:,} new, {done.changed:,} changed, "
        f"{done.unchanged:,} unchanged, {len(done.refused):,} refused"
    )
    console.detail(
        f"{done.closed:,} closed and {done.opened:,} opened since the last refresh; {done.authorities:,} new "
        f"authorities, {done.trusts:,} new trusts"
    )
    if done.not_in_file:
        console.detail(
            f"{done.not_in_file:,} establishments are here and not in the file; they stay as they are"
        )
    for line in refused[:SHOWN]:
        console.detail(f"  {line}")
    if len(refused) > SHOWN:
        console.detail(f"  and {len(refused) - SHOWN:,} more; --json lists them all")


def _say_links(console: Console, links: Links, linked: Linked) -> None:
    console.say(f"{links.rows:,} rows of links: {linked.written:,} successions written")
    console.detail(
        f"{linked.unknown:,} name an establishment that is not here, {sum(links.other.values()):,} do not say which "
        f"came first, {len(links.refused):,} refused"
    )
