"""Read plans and reviews, check drafts, write the quarterly report, count places, look ahead, share a sum out.

Exit code 0: done, nothing odd; 1: `plan` has remarks, `draft` found defects, something
stands in the way of `report`, `places` or `forecast` left a row out; 2: could not run.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from muster.cli.chosen import action_parser
from muster.cli.console import Console

# Each action is a module of this package with run(args, console); only the one asked for is imported.
_MODULES = {
    "plan": "importing",
    "draft": "drafting",
    "report": "reporting",
    "places": "placing",
    "forecast": "forecasting",
    "share": "sharing",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: one of the actions, each with its own."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _plan_arguments(action_parser(actions, "plan", "what a plan or a review holds, and what is odd in it"))
    _draft_arguments(action_parser(actions, "draft", "find the defects of a report before it is published"))
    _report_arguments(action_parser(actions, "report", "write the quarterly report of a snapshot"))
    _places_arguments(
        action_parser(actions, "places", "count the unfilled places of schools, phase by phase")
    )
    _forecast_arguments(
        action_parser(actions, "forecast", "how many pupils there will be, with births and planned homes")
    )
    _share_arguments(
        action_parser(actions, "share", "share a sum out to schools: a part in equal lumps, a part by pupils")
    )


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the action that was asked for."""
    module = import_module(f"muster.cli.performance.{_MODULES[args.action]}")
    code: int = module.run(args, console)
    return code


def _plan_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="text, CSV, XLSX, a web page or a Word file")
    parser.add_argument("--lines", action="store_true", help="show every indicator and milestone too")


def _draft_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the draft: text, a web page or a Word file")
    parser.add_argument(
        "--example", action="store_true", help="write an invented draft with defects to FILE, to try it on"
    )
    parser.add_argument(
        "--day", metavar="DATE", help="the day it speaks from, as 2009-03-31 (default: the period it names)"
    )


def _report_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "snapshot", metavar="SNAPSHOT", type=Path, help="what the report is made from, TOML or JSON"
    )
    parser.add_argument(
        "--out", metavar="FOLDER", type=Path, help="where to write (default: beside the snapshot)"
    )
    parser.add_argument(
        "--restricted",
        action="store_true",
        help="show small numbers too; such a report is not for publication",
    )
    parser.add_argument("--draft", action="store_true", help="write it with problems too, marked as a draft")


def _places_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "schools", metavar="SCHOOLS", type=Path, help="a table with columns school, phase, capacity, pupils"
    )


def _forecast_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "rolls",
        metavar="ROLLS",
        type=Path,
        help="a table with columns year, group, pupils, and area if you like",
    )
    parser.add_argument("--births", metavar="TABLE", type=Path, help="columns year (2020/21), births, area")
    parser.add_argument(
        "--housing", metavar="TABLE", type=Path,
        help="columns year, homes, yield (pupils of each year group for a hundred homes), area",
    )  # fmt: skip
    parser.add_argument("--area", default="", help="of this area alone (default: all together)")
    parser.add_argument("--years", type=int, default=5, help="how many years ahead (default: 5)")


def _share_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "schools",
        metavar="SCHOOLS",
        type=Path,
        help="a table (CSV, XLSX, ODS) with columns school, phase, pupils",
    )
    parser.add_argument("--total", metavar="POUNDS", required=True, help="the sum, such as 185000")
    parser.add_argument(
        "--lump", metavar="PERCENT", default="40", help="how much of it is shared out equally (default: 40)"
    )
    parser.add_argument("--what-if", metavar="PERCENT", help="another share of lumps, to compare with")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write each school's share as CSV")
