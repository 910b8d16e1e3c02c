"""Check a deployment of the website and say what is wrong with it and what to do.

Exit code 0: nothing is wrong (doubts may stand); 1: something is wrong; 2: could not look.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from muster.cli.console import Console
from muster_web.commands._start import data_argument, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Look at everything and tell it, the verdict first."""
    start(args.data)
    from muster_web.operations.doctor import Level, examine

    found = examine()
    wrong = sum(one.level == Level.WRONG for one in found.values())
    doubtful = sum(one.level == Level.DOUBTFUL for one in found.values())
    console.say(f"{wrong} wrong, {doubtful} doubtful, {len(found) - wrong - doubtful} well")
    console.detail()
    for name, one in found.items():
        console.detail(f"  {one.level:<9} {name:<14} {one.found}")
        if one.do:
            console.detail(f"  {'':<9} {'':<14} -> {one.do}")
    console.answer({name: asdict(one) for name, one in found.items()})
    return 1 if wrong else 0
