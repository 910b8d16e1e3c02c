"""``muster rules build``: check every rule, then write plans, rule pages and the command reference."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from muster.catalogue import CATALOGUE
from muster.catalogue.generate import Generated, generate, stale
from muster.cli.chosen import chosen_collection
from muster.cli.console import Console
from muster.cli.reference import command_reference, reference_path
from muster.cli.states_page import states_page, states_path
from muster.model import MusterError
from muster.model.words import count_of
from muster.model.writing import write_whole


def run(args: argparse.Namespace, console: Console) -> int:
    """Write what is not current; exit code 1 where a closed year changed and nobody said why."""
    if find_spec("sqlglot") is None:
        raise MusterError("building needs the SQL parser: install Muster with its extra 'author'")
    collection = chosen_collection(args)
    generated = generate(collection, args.catalogue, why=args.correct, first_freeze=args.freeze)
    files = {**generated.files, **_documents(args)}
    paths = stale(files)
    closed = [change.year for change in generated.unexplained]
    written = not (closed or args.check)
    console.answer(
        {"not_current": [p.name for p in paths], "written": written, "closed_years_changed": closed}
    )
    if generated.unexplained:
        _refuse(console, generated)
        return 1
    if args.check and paths:
        console.say(f"{count_of(len(paths), 'file')} not current: {', '.join(path.name for path in paths)}")
        console.detail("Run 'muster rules build' and commit what it writes.")
        return 1
    for path in paths:
        write_whole(path, files[path].encode())
    rules = f"{count_of(len(collection.rules), 'rule')} checked"
    console.say(f"{rules}, {count_of(len(paths), 'file')} written" if paths else f"{rules}, nothing to write")
    for path in paths:
        console.detail(f"  {path.parent.parent.name}/{path.parent.name}/{path.name}")
    return 0


def _documents(args: argparse.Namespace) -> dict[Path, str]:
    """The documents generated from the program, where they lie beside it."""
    if args.catalogue != CATALOGUE:
        return {}
    pages = {reference_path(): command_reference(), states_path(): states_page()}
    return {path: text for path, text in pages.items() if path is not None}


def _refuse(console: Console, generated: Generated) -> None:
    years = ", ".join(str(change.year) for change in generated.unexplained)
    console.complain(f"nothing was written: the closed years {years} would change.")
    for change in generated.unexplained:
        console.complain(f"  {change.year}: {change.what}")
    console.complain(
        'If that is meant, write corrects = "why" into each changed rule, or run '
        "'muster rules build --correct \"why\"'. If it is not, start a version: [CODE.YEAR]."
    )
