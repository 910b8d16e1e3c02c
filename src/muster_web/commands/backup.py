"""Write the database and the files of the website to a new folder below the one named, with the checksum of each file.

It may be written while the service runs. It holds personal data, and the secret key where that is kept in a file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.cli.console import Console
from muster_web.commands._start import data_argument, refuse_without_tables, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", type=Path, help="where backups are kept")
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the backup and say where it is."""
    start(args.data)
    refuse_without_tables()
    from muster_web.operations.backup import save

    saved = save(args.folder)
    console.say(f"{saved.folder}: {saved.rows:,} rows, {saved.files:,} files, {saved.bytes / 1e6:,.1f} MB")
    console.detail("Keep it where only those may read it who may read the service's data.")
    console.answer(
        {"folder": str(saved.folder), "rows": saved.rows, "files": saved.files, "bytes": saved.bytes}
    )
    return 0
