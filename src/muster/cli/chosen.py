"""The collection and year a command works on, from its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from muster.catalogue import (
    CATALOGUE,
    collection_called,
    collection_names,
    load_collection,
    read_collection,
)
from muster.catalogue.find import find_year
from muster.model import Collection, MusterError, SourceFile, UnreadableFile

COLLECTION = "school_workforce"


def action_parser(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str
) -> argparse.ArgumentParser:
    """One action of a command, such as ``muster rules list``."""
    parser = actions.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    # Given after the action too; the default must not undo what stands before it.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON")
    parser.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS, help="the first line only")
    return parser


def collection_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that choose a collection."""
    parser.add_argument("--collection", default=COLLECTION, help=f"which collection (default: {COLLECTION})")
    parser.add_argument(
        "--catalogue", type=Path, default=CATALOGUE, metavar="FOLDER", help="a catalogue of your own"
    )


def chosen_collection(args: argparse.Namespace) -> Collection:
    """The collection asked for, from the installed catalogue or another folder."""
    if args.catalogue == CATALOGUE:
        return load_collection(args.collection)
    folder = args.catalogue / args.collection
    if not folder.is_dir():
        known = ", ".join(collection_names())
        raise MusterError(
            f"there is no collection '{args.collection}' in {args.catalogue} (installed: {known})"
        )
    return read_collection(folder)


def collection_of_files(named: str | None, sources: Sequence[SourceFile]) -> Collection:
    """The collection named, or else the one the files say they are of.  Raises MusterError where they disagree."""
    if named and not load_collection(named).is_of_no_term:
        return load_collection(named)
    said = {name: source.name for source in sources if (name := _said_by(source))}
    folders = {load_collection(name).folder for name in said}
    if len(said) > 1 and len(folders) == 1 and (together := load_collection(folders.pop())).whole:
        return together
    if len(said) > 1:
        examples = ", ".join(f"{file} of {name}" for name, file in said.items())
        raise MusterError(
            f"these files are of several collections ({examples}); choose one with --collection"
        )
    collection = load_collection(next(iter(said), COLLECTION))
    if collection.is_of_no_term:
        known = ", ".join(f"{code} for {term}" for term, code in collection.terms.items())
        raise MusterError(
            f"{next(iter(said.values()))} does not say of which term it is "
            f"({collection.term_element} within Header/CollectionDetails): {known}"
        )
    return collection


def _said_by(source: SourceFile) -> str:
    """The collection a file's header names; '' where it names none we know or cannot be read."""
    from muster.read.xml_reader import peek_header  # explaining a rule must not wait for the XML reader

    try:
        header = peek_header(source)
        return collection_called(header.collection or header.root, header.term)
    except UnreadableFile:
        return ""


def chosen_year(args: argparse.Namespace, collection: Collection) -> tuple[int, str]:
    """The year asked for and how to speak of it: the latest is named as such where none was chosen."""
    year = find_year(collection, args.year)
    return year, f"{year}" if args.year else f"{year}, the latest year"
