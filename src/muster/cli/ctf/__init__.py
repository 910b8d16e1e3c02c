"""Read, check, convert, write and compare the files that follow a pupil, and ask for learner numbers with them.

Exit code 0: done, nothing to see to; 1: something to fix, explain or decide; 2: could not run.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from muster.cli.chosen import action_parser
from muster.cli.console import Console

# Each action is a module of this package with run(args, console); only the one asked for is imported.
_MODULES = {
    "read": "reading", "check": "checking", "convert": "converting", "write": "writing", "compare": "comparing",
    "request": "requesting", "answers": "answering",
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: one of the actions, each with its own."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    one = action_parser(actions, "read", "say what a transfer file holds, and from whom to whom it goes")
    _file(one)
    one = action_parser(actions, "check", "hold transfer files of any versions to their rules")
    one.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="transfer files, folders or zip files"
    )
    one.add_argument("--school", default="", help="the school the files must be for, such as 999/4001")
    one.add_argument("--all", action="store_true", help="show every finding, not only the first")
    _convert_arguments(action_parser(actions, "convert", "write a transfer file in another version"))
    _write_arguments(
        action_parser(actions, "write", "make a transfer file from tables (.xlsx, or a folder of CSV)")
    )
    one = action_parser(actions, "compare", "show what a received file would change of the pupils on roll")
    _file(one)
    one.add_argument(
        "roll", type=Path, metavar="ROLL", help="the pupils: a transfer file, a census return or a table"
    )
    _request_arguments(
        action_parser(actions, "request", "make a request for learner numbers (ULN) from a file")
    )
    _answers_arguments(
        action_parser(actions, "answers", "put the learner numbers that came back into the file")
    )


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the action that was asked for."""
    module = import_module(f"muster.cli.ctf.{_MODULES[args.action]}")
    code: int = module.run(args, console)
    return code


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a common or admissions transfer file")


def _convert_arguments(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("target", type=Path, metavar="TARGET", help="the file to write, or a folder for it")
    parser.add_argument(
        "--version", default="", help="the version to write, such as 25.0 (default: the current one)"
    )


def _write_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tables", type=Path, metavar="TABLES", help="a workbook or a folder of CSV files")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder to write the file to")
    parser.add_argument("--number", type=int, default=1, help="which file it is between the two (default: 1)")


def _request_arguments(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("target", type=Path, metavar="TARGET", help="the file to write, or a folder for it")
    parser.add_argument("--batch", type=Path, metavar="CSV", help="write the request as a batch (CSV) too")
    parser.add_argument("--partly", action="store_true", help="ask for those in whose way nothing stands")


def _answers_arguments(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("batch", type=Path, metavar="CSV", help="the batch that came back")
    parser.add_argument("target", type=Path, metavar="TARGET", help="the file to write, or a folder for it")
