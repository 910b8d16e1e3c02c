"""Wrap the keys of stored files with the newest of MUSTER_FILE_KEYS, so that the older ones can be put away.

Put a new key before the old ones, restart the service, run this, then take the old ones out. Exit code 0: done; 2: a
file is sealed with a key that is not there, and nothing was changed.
"""

from __future__ import annotations

import argparse

from muster.cli.console import Console
from muster_web.commands._start import data_argument, refuse_without_tables, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Wrap them anew, and say how many."""
    start(args.data)
    refuse_without_tables()
    from muster_web.transfers.actions.keys import rewrap_all

    done = rewrap_all()
    console.say(f"{done:,} files are sealed under the newest key")
    console.answer({"files": done})
    return 0
