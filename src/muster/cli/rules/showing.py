"""``muster rules show``: all versions of a rule as its author needs to see them."""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.catalogue.find import find_rules, find_year
from muster.cli.chosen import chosen_collection
from muster.cli.console import Console
from muster.cli.pages import block, example_lines, meaning_of, paragraph
from muster.cli.rules.listing import rule_as_json
from muster.model import Collection, MusterError, Rule


def run(args: argparse.Namespace, console: Console) -> int:
    """Show one rule."""
    collection = chosen_collection(args)
    rules = find_rules(collection, args.code)
    if args.year is not None:
        year = find_year(collection, args.year)
        rules = [rule for rule in rules if year in rule.years]
        if not rules:
            raise MusterError(
                f"rule {args.code} is not in force in {year}; leave out --year to see when it is"
            )
    console.answer([{**rule_as_json(rule), "examples": rule.examples} for rule in rules])
    for rule in rules:
        _show(console, collection, rule, args.catalogue)
    return 0


def _show(console: Console, collection: Collection, rule: Rule, catalogue: Path) -> None:
    name = f" ({rule.id})" if rule.id != rule.code else ""
    mark = ", provisional" if rule.provisional else ""
    console.say(f"{rule.code}{name}, {rule.severity} on {rule.table}, in force {rule.years}{mark}")
    console.detail(paragraph(f"Message: {rule.message}"))
    if rule.fix:
        console.detail(paragraph(f"To do:   {rule.fix}"))
    scope = f"{rule.scope}, by {', '.join(rule.group_by)}" if rule.group_by else rule.scope
    console.detail(f"  Scope:   {scope}")
    if rule.tolerance is not None:
        console.detail(f"  Tolerance: {rule.tolerance:g}")
    console.detail("  Fails when:")
    console.detail(block(rule.fails_when.splitlines()))
    console.detail("  In words:")
    console.detail(block(meaning_of(collection, rule, catalogue)))
    if rule.examples:
        console.detail("  Examples:")
        console.detail(block(example_lines(rule)))
    if rule.source:
        console.detail(paragraph(f"Source:  {rule.source}"))
    if rule.note:
        console.detail(paragraph(f"Note:    {rule.note}"))
    console.detail(f"  Written: {rule.where}")
    console.detail()
