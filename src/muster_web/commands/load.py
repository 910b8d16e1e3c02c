"""Load published files about schools and authorities into their files: registers, figures, neighbours.

PATH is a file or a folder; every file in it is looked at. What a file is, its headings say. The same file twice is
taken once. Exit code 0: all was taken, 1: something was left out and named, 2: could not run.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from muster.cli.console import Console
from muster.collect import gather
from muster.model import MusterError
from muster_web.commands._start import data_argument, refuse_without_tables, start

SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to load."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a published file, or a folder of them"
    )
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Load, say of each file what became of it, and what was left out."""
    for path in args.paths:
        if not path.exists():
            raise MusterError(f"{path} is not there; give a file or a folder of published files")
    start(args.data)
    refuse_without_tables()
    from muster_web.accounts.viewer import SYSTEM
    from muster_web.schools.actions.loading_files import load_files

    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        inventory = gather(args.paths, unpack_to=Path(unpacked))
        done = load_files(viewer=SYSTEM, sources=inventory.files, progress=console.progress)
    for one in done.files:
        if one.taken:
            console.say(f"{one.name}: {one.said}")
    alone = [one.name for one in done.files if not one.taken]
    if alone:
        console.say(f"{len(alone):,} files left alone, as no published file that is known; --json names them")
    console.say(
        f"{done.schools:,} schools can be searched; {len(done.problems):,} things were left out or odd"
    )
    for problem in done.problems[:SHOWN]:
        console.detail(f"  {problem}")
    if len(done.problems) > SHOWN:
        console.detail(f"  and {len(done.problems) - SHOWN:,} more; --json lists them all")
    console.answer({"files": [one.as_json() for one in done.files], "problems": done.problems})
    return 1 if done.problems else 0
