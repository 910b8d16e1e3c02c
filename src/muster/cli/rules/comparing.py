"""``muster rules diff``: what changed between two years, as release notes."""

from __future__ import annotations

import argparse

from muster.catalogue.differences import Change, year_differences
from muster.catalogue.find import find_year
from muster.catalogue.meaning import load_meanings
from muster.cli.chosen import chosen_collection
from muster.cli.console import Console
from muster.cli.pages import bullet, paragraph
from muster.model.words import count_of

_SECTIONS = {
    "date": "Dates and amounts", "table": "Tables", "item": "Items", "code set": "Codes", "rule": "Rules",
}  # fmt: skip
_KINDS = {"added": "New", "amended": "Changed", "withdrawn": "Withdrawn"}


def run(args: argparse.Namespace, console: Console) -> int:
    """Tell the differences; always exit code 0, for a difference is no fault."""
    collection = chosen_collection(args)
    before, after = find_year(collection, args.before), find_year(collection, args.after)
    changes = year_differences(collection, before, after, load_meanings(collection, args.catalogue))
    console.answer({"before": before, "after": after, "changes": [change.as_json() for change in changes]})
    console.say(f"{collection.title}, {before} to {after}: {_counts(changes)}")
    for what, title in _SECTIONS.items():
        _section(console, title, [change for change in changes if change.what == what])
    return 0


def _counts(changes: tuple[Change, ...]) -> str:
    rules = [change for change in changes if change.what == "rule"]
    counts = {kind: sum(rule.kind == kind for rule in rules) for kind in _KINDS}
    others = len(changes) - len(rules)
    return (
        f"{count_of(counts['added'], 'rule')} added, {counts['amended']:,} changed, {counts['withdrawn']:,} "
        f"withdrawn; {count_of(others, 'other change')}"
    )


def _section(console: Console, title: str, changes: list[Change]) -> None:
    for kind, word in _KINDS.items():
        own = [change for change in changes if change.kind == kind]
        if not own:
            continue
        console.detail()
        console.detail(f"{title}: {word.lower()}" if title != "Codes" else title)
        for change in own:
            console.detail(bullet(change.text))
            for line in change.details:
                console.detail(paragraph(line.strip(), 6 + len(line) - len(line.lstrip())))
