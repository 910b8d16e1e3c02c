"""Write an empty workbook with every table of a return, for those who have no system that exports one.

With --draft, guess a mapping for an export seen for the first time and write it as a file to edit.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from muster.catalogue import load_collection
from muster.cli.console import Console
from muster.collect import gather
from muster.model import Collection
from muster.model.writing import write_whole
from muster.read import draft_mapping, known_headings, load_mappings, read_sheets, write_template


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("target", type=Path, help="the file to write: .xlsx, or .toml with --draft")
    parser.add_argument("--collection", default="school_workforce", help="which collection")
    parser.add_argument("--year", type=int, help="the collection year (default: the latest)")
    parser.add_argument("--draft", type=Path, metavar="FILE", help="guess a mapping for this export")


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the template of a year."""
    collection = load_collection(args.collection)
    if args.draft:
        return _draft(args, console, collection)
    year = args.year or collection.years[-1]
    write_template(collection, year, args.target)
    console.say(f"Wrote {args.target}: {collection.title} {year}")
    console.detail("Fill in the sheets and put the file among the inputs of 'muster build'.")
    console.answer({"written": str(args.target), "collection": collection.name, "year": year})
    return 0


def _draft(args: argparse.Namespace, console: Console, collection: Collection) -> int:
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        files = gather([args.draft], unpack_to=Path(unpacked)).files
        known = known_headings(load_mappings(collection))
        sheets = [sheet for file in files for sheet in read_sheets(file, known)]
        text = draft_mapping(sheets, collection, name=args.target.stem)
    write_whole(args.target, text.encode("utf-8"))
    console.say(f"Wrote {args.target}: a guess to be checked line by line")
    console.detail(
        "Put it into the folder 'mappings' of the authority and name it in muster.toml, "
        "or name it with --mapping when you check or convert a file."
    )
    console.answer({"written": str(args.target)})
    return 0
