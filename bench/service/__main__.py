"""Measure the service on SQLite and on PostgreSQL: ``python -m bench.service``.

Each database is a process of its own with a folder of its own that is gone afterwards.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bench.measure import table

PARTS = ("pages", "uploads", "batch", "mailbox", "schools")


def main(words: Iterable[str] | None = None) -> int:
    """Measure on each database; the number of those that failed."""
    args = _parser().parse_args(None if words is None else list(words))
    if args.here:
        return _measure(args)
    return sum(_on(database, args) != 0 for database in args.on)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--schools", type=int, default=500)
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=100_000, help="how many files one mailbox holds")
    parser.add_argument("--country", type=int, default=25_000, help="how many schools have a file")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=90, help="how long files are sent")
    parser.add_argument("--here", metavar="NAME", help=argparse.SUPPRESS)
    return parser


def _on(database: str, args: argparse.Namespace) -> int:
    numbers = [
        f"--{name}={getattr(args, name)}"
        for name in ("schools", "findings", "files", "country", "runs", "seconds")
    ]
    command = [sys.executable, "-m", "bench.service", "--here", database, *numbers, "--parts", *args.parts]
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder, _url_of(database) as url:
        surroundings = {
            **os.environ, "MUSTER_DATA": folder, "MUSTER_DATABASE": url, "MUSTER_SECOND_FACTOR": "none",
            "DJANGO_SETTINGS_MODULE": "muster_web.config.settings",
        }  # fmt: skip
        prepare = [sys.executable, "-m", "muster.cli", "serve", "--prepare", "--data", folder, "--quiet"]
        if subprocess.run(prepare, env=surroundings, check=False).returncode:
            return 1
        return subprocess.run(command, env=surroundings, check=False).returncode


@contextmanager
def _url_of(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
        return
    from tests.web.postgres import server

    with server(settings=("max_connections = 60",)) as url:
        yield url


def _measure(args: argparse.Namespace) -> int:
    """Fill the database of the environment and print the tables; 1 where a bar is not met."""
    import django

    django.setup()
    from bench.service import batch, mailbox, pages, school_files, uploads, world

    world.make(args.schools, args.findings)
    where = f"{args.here}, {args.schools} schools, {args.findings:,} findings"
    rows: list[tuple[object, ...]] = []
    if "pages" in args.parts:
        rows += _table(
            f"Pages: {where}, {args.runs} runs each (goal: p95 {pages.BAR} ms)",
            ("page", "queries", "processor ms", "p50 ms", "p95 ms", "goal"), pages.measured(args.runs),
        )  # fmt: skip
    if "uploads" in args.parts:
        rows += _table(
            f"Uploads: {where}, files of {uploads.STAFF} staff, one web process, two workers "
            f"(goal: {uploads.BAR} a minute, none lost)",
            ("sent", "seconds", "taken a minute", "checked a minute", "answer p95 ms", "queue at the end",
             "lost", "repeated", "goal"), uploads.measured(args.seconds),
        )  # fmt: skip
    if "batch" in args.parts:
        rows += _table(
            f"One decision on {batch.RETURNS} returns: {where} (goal: {batch.BAR:.0f} s)",
            ("approved", "events", "audit events", "queries", "seconds", "goal"), batch.measured(),
        )  # fmt: skip
    if "mailbox" in args.parts:
        rows += _table(
            f"A mailbox of {args.files:,} files: {args.here}, {args.runs} runs each (goal: p95 {pages.BAR} ms)",
            ("list", "queries", "processor ms", "p50 ms", "p95 ms", "goal"), mailbox.measured(args.files, args.runs),
        )  # fmt: skip
    if "schools" in args.parts:
        rows += _table(
            f"Files of {args.country:,} schools over {len(school_files.YEARS)} years: {args.here}, {args.runs} runs "
            f"each (goal: p95 {pages.BAR} ms, of a search {school_files.SEARCH_BAR} ms)",
            ("page", "queries", "processor ms", "p50 ms", "p95 ms", "goal"),
            school_files.measured(args.country, args.runs),
        )  # fmt: skip
    return int(any(row[-1] != "met" for row in rows))


def _table(
    title: str, headings: tuple[str, ...], measured: Iterable[tuple[object, ...]]
) -> list[tuple[object, ...]]:
    rows = list(measured)
    table(title, headings, rows)
    sys.stdout.flush()
    return rows


if __name__ == "__main__":
    raise SystemExit(main())
