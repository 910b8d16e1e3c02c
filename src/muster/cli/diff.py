"""Compare two versions of a return: records and values added, removed and changed."""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.cli.console import Console
from muster.cli.one_return import read_one_return
from muster.exchange import Difference, differences
from muster.model import MusterError
from muster.model.words import count_of, value_in_words


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("before", type=Path, help="the XML file of the version before")
    parser.add_argument("after", type=Path, help="the XML file of the version after")
    parser.add_argument("--collection", help="which collection (default: the one the files are of)")


def run(args: argparse.Namespace, console: Console) -> int:
    """Show the differences; exit code 0 where there are none, 1 where there are."""
    collection, before = read_one_return(args.collection, args.before)
    other, after = read_one_return(args.collection, args.after)
    if collection.name != other.name:
        raise MusterError(f"{args.before.name} is of {collection.title}, {args.after.name} of {other.title}")
    # A file that goes between schools is known by its name, which two versions of it need not share.
    if before.ref != after.ref and collection.header != "version":
        raise MusterError(
            f"{args.before.name} is the return of {before.ref}, {args.after.name} of {after.ref}"
        )
    found = differences(collection, before, after)
    console.answer([one.as_json() for one in found])
    console.say(f"{_counts(found)}: {after.ref}, {before.year} against {after.year}")
    for one in found:
        console.detail(_line(one))
    return 1 if found else 0


def _counts(found: tuple[Difference, ...]) -> str:
    kinds = ("added", "removed", "changed")
    counts = [(sum(one.kind == kind for one in found), kind) for kind in kinds]
    text = ", ".join(f"{count_of(n, 'record')} {kind}" for n, kind in counts if n)
    return text or "No differences"


def _line(one: Difference) -> str:
    changes = "; ".join(f"{c.item}: {value_in_words(c.was)} -> {value_in_words(c.now)}" for c in one.changes)
    return f"  {one.kind:<8} {one.table}: {one.record}{': ' + changes if changes else ''}"
