"""``muster rules list``: every rule of a year, by official number and then by name."""

from __future__ import annotations

import argparse
import shutil
import sys

from muster.catalogue.effective import counts_in_words, in_code_order, message_in_words
from muster.catalogue.find import find_table
from muster.cli.chosen import chosen_collection, chosen_year
from muster.cli.console import Console
from muster.model import Rule

_HEADINGS = ("code", "severity", "scope", "table", "", "message")


def run(args: argparse.Namespace, console: Console) -> int:
    """List the rules of a year."""
    collection = chosen_collection(args)
    year, called = chosen_year(args, collection)
    if args.table:
        find_table(collection, args.table)
    rules = in_code_order(rule for rule in collection.rules_in(year) if _wanted(args, rule))
    console.answer(
        {"collection": collection.name, "year": year, "rules": [rule_as_json(rule) for rule in rules]}
    )
    console.say(f"{collection.title} {called}. {counts_in_words(rules)}")
    if not console.quiet:
        console.table(_HEADINGS, [_row(rule, message_in_words(rule, collection)) for rule in rules])
    return 0


def rule_as_json(rule: Rule) -> dict[str, object]:
    """One version of a rule for machines."""
    return {
        "code": rule.code,
        "id": rule.id,
        "severity": rule.severity,
        "scope": rule.scope,
        "table": rule.table,
        "item": rule.item,
        "check": rule.check,
        "message": rule.message,
        "fix": rule.fix,
        "fails_when": rule.fails_when,
        "years": str(rule.years),
        "provisional": rule.provisional,
        "note": rule.note,
        "source": rule.source,
        "where": rule.where,
    }


def _wanted(args: argparse.Namespace, rule: Rule) -> bool:
    return (
        args.table in (None, rule.table)
        and args.severity in (None, rule.severity)
        and (rule.provisional or not args.provisional)
        and (rule.has_official_number or not args.numbered)
    )


def _row(rule: Rule, message: str) -> tuple[str, ...]:
    mark = "provisional" if rule.provisional else ""
    return (rule.code, rule.severity, rule.scope, rule.table, mark, _fitted(message))


def _fitted(message: str) -> str:
    """On a terminal a rule takes one line; elsewhere the message is whole."""
    room = max(40, shutil.get_terminal_size().columns - 90)
    return f"{message[: room - 1]}…" if sys.stdout.isatty() and len(message) > room else message
