"""Count every authorised return anew into the file of its school.

The website counts a return when it is authorised; this is for after an update that counts otherwise. Exit code 0: all
were counted, 1: some could not be read and are named, 2: could not run.
"""

from __future__ import annotations

import argparse

from muster.cli.console import Console
from muster_web.commands._start import data_argument, refuse_without_tables, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: where the website keeps its data."""
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Count, and say how many were counted and which could not be read."""
    start(args.data)
    refuse_without_tables()
    from muster_web.schools.actions.counting import count_all

    counted, not_read = count_all(progress=console.progress)
    console.say(f"{counted:,} authorised returns counted into the files of their schools")
    for one in not_read:
        console.say(f"  not read: {one}")
    console.answer({"counted": counted, "not_read": not_read})
    return 1 if not_read else 0
