"""Check a national set of tables, for ``muster check --tables``; its findings are keys, in Parquet."""

from __future__ import annotations

import argparse

from muster.catalogue import load_collection
from muster.cli.check import show_outcomes
from muster.cli.console import Console
from muster.cli.local import read_local
from muster.model import MusterError, Outcome
from muster.model.words import count_of
from muster.national import (
    Means,
    NationalResult,
    check_tables,
    collection_of_tables,
    unread,
    year_of_tables,
)

_MOST_FREQUENT = 20


def run(args: argparse.Namespace, console: Console) -> int:
    """Check the tables and say how often which rule failed."""
    if not args.out:
        raise MusterError("name the folder for the findings with --out")
    if args.master and args.engine != "spark":
        raise MusterError(f"--master {args.master} is for Spark; add --engine spark")
    collection = load_collection(args.collection) if args.collection else collection_of_tables(args.tables)
    year = args.year or year_of_tables(collection, args.tables)
    means = Means(read_local(args.local, collection), args.engine, args.memory, args.master)
    if args.engine == "spark":
        console.going("Starting Spark")
    with console.counting("Checking", 0) as counter:
        done = check_tables(collection, year, args.tables, args.out, means=means, progress=counter.to)
    _show(args, console, done, year)
    if any(o.outcome is Outcome.BROKE for o in done.outcomes):
        return 2
    return 1 if any(o.findings for o in done.outcomes) else 0


def _show(args: argparse.Namespace, console: Console, done: NationalResult, year: int) -> None:
    found = sum(o.findings for o in done.outcomes)
    console.say(
        f"{count_of(found, 'finding')} of {count_of(len(done.outcomes), 'rule')}: {args.tables}, {year}"
    )
    for name in unread(done.collection, args.tables):
        console.detail(f"Not read: {name}, which is no table of the {done.collection.title}")
    if done.kept:
        console.detail(f"{done.kept} of {done.parts} parts were there from a run before and stand.")
    top = sorted(done.outcomes, key=lambda o: -o.findings)[:_MOST_FREQUENT]
    if not console.quiet:
        console.table(("Rule", "Findings"), [(o.rule_id, o.findings) for o in top if o.findings])
    show_outcomes(console, done.outcomes, year)
    console.detail(f"Written to {args.out}: findings by rule, and counts.csv by rule and authority")
    console.answer(
        {
            "rules": [
                {"rule": o.rule_id, "outcome": o.outcome, "findings": o.findings, "reason": o.reason}
                for o in done.outcomes
            ]
        }
    )
