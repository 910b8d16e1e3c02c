"""List, show, compare, preview, add and build the rules of a collection.

Exit code 0: done; 1: `impact` found that the rule would fire, or `build` needs a reason; 2: could not run.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from muster.cli.chosen import action_parser, collection_arguments
from muster.cli.console import Console

# Each action is a module of this package with run(args, console); only the one asked for is imported.
_MODULES = {
    "list": "listing", "show": "showing", "diff": "comparing", "impact": "previewing", "new": "adding",
    "build": "building",
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: one of the actions, each with its own."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _list_arguments(_action(actions, "list", "every rule of a year"))
    _show_arguments(_action(actions, "show", "one rule: all its versions, test, examples and source"))
    _diff_arguments(_action(actions, "diff", "what changed between two years, as release notes"))
    _impact_arguments(_action(actions, "impact", "where a rule would fire in a folder of returns"))
    _new_arguments(_action(actions, "new", "begin a new rule in the file of its table"))
    _build_arguments(_action(actions, "build", "check every rule; write plans, pages and references"))


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the action that was asked for."""
    module = import_module(f"muster.cli.rules.{_MODULES[args.action]}")
    code: int = module.run(args, console)
    return code


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str
) -> argparse.ArgumentParser:
    parser = action_parser(actions, name, about)
    collection_arguments(parser)
    return parser


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, help="the collection year (default: the latest)")
    parser.add_argument("--table", help="only rules about one table")
    parser.add_argument("--severity", choices=("error", "query"), help="only errors, or only queries")
    parser.add_argument("--provisional", action="store_true", help="only rules not seen in a source")
    parser.add_argument("--numbered", action="store_true", help="only rules with an official number")


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="an official number such as 4400, or a name")
    parser.add_argument("--year", type=int, help="only the version of one year")


def _diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="YEAR", type=int, help="the year to start from")
    parser.add_argument("after", metavar="YEAR", type=int, help="the year to compare with it")


def _impact_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="an official number or a name")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder of XML returns")
    parser.add_argument("--fails-when", metavar="SQL", help="a changed test to try instead of the rule's own")
    parser.add_argument("--year", type=int, help="which version of the rule (default: the latest)")


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="the official number, or a name in snake_case")
    parser.add_argument("--table", required=True, help="the table whose rows are tested")


def _build_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--correct", metavar="WHY", default="", help="why closed years may change")
    parser.add_argument("--freeze", action="store_true", help="freeze closed years for the first time")
    parser.add_argument("--check", action="store_true", help="write nothing; say what is not current")
