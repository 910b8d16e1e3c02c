"""Say in plain English what a rule, an item, a code set, a code, a table, an indicator or a date means.

The name may be an official number (4100Q), a name as it stands in a finding, an item (post), an element of
the official file (GenderCurrent), a code (TCH) or a code set.  Exit code 2 where nothing has that name.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from muster.catalogue import CATALOGUE, collection_names, load_collection
from muster.catalogue.find import hint_for, rules_called
from muster.cli.chosen import chosen_collection, chosen_year, collection_arguments
from muster.cli.console import Console
from muster.cli.indicator_pages import indicator_pages
from muster.cli.rule_page import rule_page
from muster.cli.word_pages import code_pages, constant_pages, item_pages, notice_pages, set_pages, table_pages
from muster.model import Collection, MusterError, Rule

Pages = Iterator[list[str]]
_KINDS: Mapping[str, Callable[[Collection, int, str], Pages]] = {
    "item": item_pages, "code set": set_pages, "code": code_pages, "table": table_pages,
    "indicator": indicator_pages, "date": constant_pages, "notice": notice_pages,
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "name", metavar="NAME", help="a rule, item, element, code set, code, table, indicator or date"
    )
    parser.add_argument("--year", type=int, help="as it is in one year (default: the latest)")
    collection_arguments(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Show every page whose name fits, rules first."""
    collection = chosen_collection(args)
    year, called = chosen_year(args, collection)
    pages = list(_pages(collection, year, args.name.lstrip("$"), args.catalogue))
    if not pages:
        hint = (
            _known_elsewhere(args) or hint_for(collection, args.name) or "; muster rules list shows all rules"
        )
        raise MusterError(
            f"'{args.name}' is no rule, item, code set, code, table, indicator or date of {collection.name}{hint}"
        )
    console.answer([{"kind": kind, "year": year, "text": "\n".join(lines)} for kind, lines in pages])
    for number, (_, lines) in enumerate(pages):
        if number:
            console.detail()
        first, *rest = lines
        console.say(f"{first} ({called})" if not number else first)
        for line in rest:
            console.detail(line)
    return 0


def _known_elsewhere(args: argparse.Namespace) -> str:
    """Where another collection of the installed catalogue knows the name: which, and how to ask it."""
    for other in collection_names():
        collection = load_collection(other)
        if any(_pages(collection, collection.years[-1], args.name.lstrip("$"), CATALOGUE)):
            return f"; {other} has it: add --collection {other}"
    return ""


def _pages(collection: Collection, year: int, name: str, catalogue: Path) -> Iterator[tuple[str, list[str]]]:
    for rules in _by_id(collection, name):
        yield "rule", list(rule_page(collection, year, rules, catalogue))
    for kind, pages in _KINDS.items():
        for page in pages(collection, year, name):
            yield kind, page


def _by_id(collection: Collection, name: str) -> Iterator[list[Rule]]:
    rules = rules_called(collection, name)
    for rule_id in dict.fromkeys(rule.id for rule in rules):
        yield [rule for rule in rules if rule.id == rule_id]
