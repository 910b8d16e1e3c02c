"""Search the data dictionary, show an item with all that uses it, compare two years, or write it out for machines.

Exit code 0: found or written; 2: nothing of that name, or could not run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.catalogue import CATALOGUE, catalogue_folders
from muster.catalogue.differences import year_differences
from muster.catalogue.find import find_year, hint_for
from muster.catalogue.meaning import load_meanings
from muster.cli.chosen import action_parser
from muster.cli.console import Console
from muster.cli.pages import bullet, paragraph
from muster.dictionary import FORMS, Dictionary, ItemEntry, dictionaries, dictionary_of, search, written
from muster.dictionary.files import item_json
from muster.model import MusterError
from muster.model.words import count_of
from muster.model.writing import write_whole

_SHOWN = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: one of the actions, each with its own."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    find = action_parser(actions, "search", "items, rules and code sets by number, name, element or words")
    find.add_argument("words", nargs="+", help="all of them have to be there")
    find.add_argument(
        "--kind", choices=("item", "rule", "code set"), default="", help="only entries of one kind"
    )
    find.add_argument("--year", type=int, help="only what is in force in a year")
    find.add_argument(
        "--all", action="store_true", help=f"show everything found, not only the first {_SHOWN}"
    )
    show = action_parser(actions, "show", "an item: what it holds, where it stands in the file, what asks it")
    show.add_argument("name", help="such as members.sex, a name, an element or an official number")
    changes = action_parser(actions, "changes", "what changed between two years, in sentences")
    changes.add_argument("before", type=int, metavar="YEAR", help="the year to start from")
    changes.add_argument("after", type=int, metavar="YEAR", help="the year to compare with it")
    export = action_parser(actions, "export", "write the dictionary of a collection for machines")
    export.add_argument("target", type=Path, help=f"a file whose name ends in {', '.join(FORMS)}")
    for one in (find, show, changes, export):
        one.add_argument("--collection", choices=catalogue_folders(), help="which collection")
    for one in (changes, export):
        one.set_defaults(collection="school_workforce")


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the action that was asked for."""
    {"search": _search, "show": _show, "changes": _changes, "export": _export}[args.action](args, console)
    return 0


def _among(args: argparse.Namespace) -> list[Dictionary]:
    return [dictionary_of(args.collection)] if args.collection else dictionaries()


def _search(args: argparse.Namespace, console: Console) -> None:
    text = " ".join(args.words)
    found = search(_among(args), text, kind=args.kind, year=args.year)
    if not found:
        raise MusterError(f"nothing in the dictionary holds '{text}'; try fewer words, or another collection")
    console.answer([vars(hit) for hit in found])
    console.say(f"{count_of(len(found), 'entry', 'entries')} for '{text}'")
    shown = found if args.all else found[:_SHOWN]
    console.table(
        ("Kind", "Collection", "Name", "What it is", "Years"),
        [(hit.kind, hit.collection, hit.name, _short(hit.title), hit.years) for hit in shown],
    )
    if len(shown) < len(found):
        console.detail(
            f"  and {count_of(len(found) - len(shown), 'more entry', 'more entries')}; --all shows them"
        )


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69]}…"


def _show(args: argparse.Namespace, console: Console) -> None:
    found = [(one, entry) for one in _among(args) for entry in _named(one, args.name)]
    if not found:
        hint = next(filter(None, (hint_for(one.collection, args.name) for one in _among(args))), "")
        raise MusterError(f"no item is called '{args.name}'{hint}; 'muster dictionary search' finds by words")
    console.answer([{"collection": one.name, **item_json(entry)} for one, entry in found])
    for number, (one, entry) in enumerate(found):
        if number:
            console.detail()
        _show_item(console, one, entry)


def _named(one: Dictionary, name: str) -> list[ItemEntry]:
    wanted = name.lower()
    return [
        entry
        for entry in one.items.values()
        if wanted in (entry.name, entry.item.name, (entry.item.number or "").lower())
        or any(place.path.lower().endswith(f"/{wanted}") for place in entry.places)
    ]


def _show_item(console: Console, one: Dictionary, entry: ItemEntry) -> None:
    number = f" ({entry.item.number})" if entry.item.number else ""
    console.say(f"{entry.name}{number}: {entry.item.title}, {one.collection.title.lower()}")
    console.detail(paragraph(f"Holds {entry.item.form}. Collected in {entry.years or 'no year'}."))
    for place in entry.places:
        console.detail(paragraph(f"In the file: {place.path} ({place.years})"))
    lists = {
        "Asked by rules": entry.rules, "Asked through derived tables by": entry.through,
        "Derived tables": entry.derived, "Indicators": entry.indicators, "Filled from": entry.columns,
    }  # fmt: skip
    for title, names in lists.items():
        if names:
            console.detail(paragraph(f"{title}: {', '.join(names)}."))
    if entry.item.provisional or entry.item.note:
        note = entry.item.note or "not seen in an official source."
        console.detail(paragraph(f"{'Provisional' if entry.item.provisional else 'Note'}: {note}"))


def _changes(args: argparse.Namespace, console: Console) -> None:
    collection = dictionary_of(args.collection).collection
    before, after = find_year(collection, args.before), find_year(collection, args.after)
    changes = year_differences(collection, before, after, load_meanings(collection, CATALOGUE))
    console.answer({"before": before, "after": after, "changes": [one.as_json() for one in changes]})
    console.say(f"{collection.title}, {before} to {after}: {count_of(len(changes), 'change')}")
    for one in changes:
        console.detail(bullet(one.text))


def _export(args: argparse.Namespace, console: Console) -> None:
    form = next((form for form in FORMS if args.target.name.endswith(form)), "")
    if not form:
        raise MusterError(f"{args.target.name} must end in {', '.join(FORMS[:-1])} or {FORMS[-1]}")
    write_whole(args.target, written(dictionary_of(args.collection), form))
    console.say(f"Wrote {args.target}")
    console.answer({"file": str(args.target), "form": form, "collection": args.collection})
