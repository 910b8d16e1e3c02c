"""Check a return whose files name neither year nor authority, for ``muster check``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from muster.checking import Checked
from muster.checking_set import READABLE, Occasion, check_set, latest_closed_year
from muster.cli.console import Console
from muster.collect import gather
from muster.model import Collection, MusterError, SourceFile
from muster.model.local import Local
from muster.resolve import import_notes


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of such collections."""
    parser.add_argument("--authority", default="", help="the authority's number, where the files do not say")
    parser.add_argument(
        "--last-year", type=Path, metavar="PATH", help="last year's return, where rules compare with it"
    )
    parser.add_argument(
        "--all-stages",
        action="store_true",
        help="ask every rule even of people with an error of the first stage",
    )


def is_last_year(path: Path | None) -> bool:
    """Whether ``--previous`` names last year's return and not the findings of an earlier check."""
    return path is not None and path.suffix.lower() != ".json"


def run_check(
    args: argparse.Namespace, collection: Collection, *, local: Local, console: Console, unpack_to: Path
) -> Checked:
    """Check what the paths hold as one return."""
    year = args.year
    if year is None:
        year = latest_closed_year(collection, date.today())
        console.detail(f"Note: the files name no year; {year} was taken, the last that has closed (--year)")
    last = args.last_year or (args.previous if is_last_year(args.previous) else None)
    previous = tuple(_files([last], unpack_to / "last", console)) if last else ()
    sources = _files(args.paths, unpack_to / "now", console)
    _refuse_notes_in_zips(args, sources, unpack_to)
    occasion = Occasion(year, args.authority, previous)
    staged = replace(local, all_stages=args.all_stages)
    taken_in = import_notes(args.import_notes) if args.import_notes else {}
    return check_set(collection, sources, occasion, local=staged, taken_in=taken_in)


def _refuse_notes_in_zips(args: argparse.Namespace, sources: list[SourceFile], unpacked: Path) -> None:
    unpacked_here = any(source.path.is_relative_to(unpacked) for source in sources)
    if unpacked_here and (args.notes or args.import_notes):
        raise MusterError(
            "the return lies in a zip file, where no notes can be kept beside it. Unpack the zip and check the folder."
        )


def _files(paths: list[Path], unpack_to: Path, console: Console) -> list[SourceFile]:
    inventory = gather(paths, unpack_to=unpack_to)
    for notice in inventory.notices:
        console.detail(f"Note: {notice.message}")
    found = [file for file in inventory.files if file.path.suffix.lower() in READABLE]
    if not found:
        raise MusterError(f"no XML file, CSV file or workbook in {', '.join(path.name for path in paths)}")
    return found
