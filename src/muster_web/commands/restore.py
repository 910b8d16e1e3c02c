"""Put a backup of the website back, after every checksum in it was found right.

The service must be stopped. What is there already is replaced only with --replace. Exit code 1: the audit in it
is not whole.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.cli.console import Console
from muster_web.commands._start import data_argument, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", type=Path, help="the backup: a folder that 'muster backup' wrote")
    parser.add_argument("--replace", action="store_true", help="replace the data that are there now")
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Restore, and say what came back."""
    start(args.data)
    from muster_web.operations.backup import restore

    manifest, verdict = restore(args.folder, replace=args.replace)
    console.say(
        f"Restored the backup of {manifest.made}: {sum(manifest.rows.values()):,} rows, "
        f"{sum(name.startswith('files/') for name in manifest.files):,} files"
    )
    if verdict.fault:
        console.complain(f"the audit in it is not whole: {verdict.fault}")
    console.detail(f"The audit has {verdict.events:,} events.")
    console.answer({"made": manifest.made, "rows": manifest.rows, "audit_fault": verdict.fault})
    return 1 if verdict.fault else 0
