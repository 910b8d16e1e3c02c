"""Write an empty workbook with every table of a return, for those who have no system that exports one."""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.catalogue import load_collection
from muster.cli.console import Console
from muster.read import write_template


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("target", type=Path, help="the .xlsx file to write")
    parser.add_argument("--collection", default="school_workforce", help="which collection")
    parser.add_argument("--year", type=int, help="the collection year (default: the latest)")


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the template of a year."""
    collection = load_collection(args.collection)
    year = args.year or collection.years[-1]
    write_template(collection, year, args.target)
    console.say(f"Wrote {args.target}: {collection.title} {year}")
    console.detail("Fill in the sheets and put the file among the inputs of 'muster build'.")
    console.answer({"written": str(args.target), "collection": collection.name, "year": year})
    return 0
