"""Look ahead and back over school censuses: who will need a ULN, and where schools changed much since a census before.

Exit code 0: nothing to do; 1: pupils who need a ULN, or figures that changed much; 2: could not run.
"""

from __future__ import annotations

import argparse
import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from muster.cli.chosen import action_parser, collection_of_files
from muster.cli.console import Console
from muster.collect import gather
from muster.model import Collection, MusterError, Return
from muster.model.words import count_of, date_in_words
from muster.model.writing import write_whole
from muster.read.xml_reader import read_xml
from muster.report import UlnNeed, census_comparison, uln_needs

_FOLDER = "school_census"
_COMPARED = ("School", "Figure", "Now", "Before", "Change", "To note")
_NOTHING_BEFORE = ("the return before", "", "", "", "There is none")
_HEADINGS = ("School", "UPN", "Year group", "14 on", "Needed by the census of", "Now")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: one of the actions, each with its own."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    ulns = action_parser(actions, "ulns", "pupils without a ULN who will need one, and by which census")
    ulns.add_argument(
        "paths", nargs="+", type=Path, help="returns of one census: XML files, folders or zip files"
    )
    ulns.add_argument("--months", type=int, default=12, help="how far to look ahead (default: 12)")
    ulns.add_argument("--csv", type=Path, help="write the list as CSV")
    compare = action_parser(
        actions, "compare", "figures of each school that changed much since a census before"
    )
    compare.add_argument("now", type=Path, help="the returns of a census: a file, a folder or a zip file")
    compare.add_argument(
        "before", type=Path, help="those of the same term a year before, or of the term before"
    )
    compare.add_argument(
        "--all", action="store_true", help="show every figure, not only those that changed much"
    )


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the action that was asked for."""
    return {"ulns": _ulns, "compare": _compare}[args.action](args, console)


def _ulns(args: argparse.Namespace, console: Console) -> int:
    needs = [
        need
        for collection, one in _returns(args.paths)
        for need in uln_needs(collection, one, months=args.months)
    ]
    now = sum(need.overdue for need in needs)
    console.say(
        f"{count_of(len(needs), 'pupil')} without a ULN will need one within "
        f"{count_of(args.months, 'month')}, {now} of them now"
        if needs
        else f"No pupil without a ULN turns 14 within {count_of(args.months, 'month')}"
    )
    rows = [_row(need) for need in needs]
    console.table(_HEADINGS, rows)
    if args.csv:
        write_whole(args.csv, _csv_text(rows).encode("utf-8"))
    console.answer([dict(zip(_HEADINGS, row, strict=True)) for row in rows])
    return 1 if needs else 0


def _row(need: UlnNeed) -> tuple[str, ...]:
    census = f"{need.census}, {date_in_words(need.census_day)}" if need.census else "no census that is known"
    return (
        need.ref,
        need.upn,
        need.year_group,
        date_in_words(need.turns_14),
        census,
        "yes" if need.overdue else "",
    )


def _csv_text(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_HEADINGS, *rows])
    return text.getvalue()


def _compare(args: argparse.Namespace, console: Console) -> int:
    before = {one.ref: (collection, one) for collection, one in _returns([args.before])}
    rows: list[tuple[str, ...]] = []
    schools = 0
    for collection, one in _returns([args.now]):
        known = before.get(one.ref)
        schools += known is not None
        rows += _changes(collection, one, *known) if known else [(one.ref, *_NOTHING_BEFORE)]
    large = sum(bool(row[-1]) for row in rows if row[1:] != _NOTHING_BEFORE)
    rows = [row for row in rows if row[-1] or args.all]
    console.say(f"{count_of(schools, 'school')} compared, {count_of(large, 'figure')} changed much")
    console.table(_COMPARED, rows)
    console.answer([dict(zip(_COMPARED, row, strict=True)) for row in rows])
    return 1 if large else 0


def _changes(
    collection: Collection, one: Return, before_in: Collection, before: Return
) -> list[tuple[str, ...]]:
    return [
        (one.ref, change.label, change.this_year, change.last_year, change.difference, change.words)
        for change in census_comparison(collection, one, before_in, before)
    ]


def _returns(paths: list[Path]) -> Iterator[tuple[Collection, Return]]:
    """The school censuses that some paths hold.  Raises MusterError where they are of something else."""
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        files = [f for f in gather(paths, unpack_to=Path(unpacked)).files if f.path.suffix.lower() == ".xml"]
        collection = collection_of_files(None, files)
        if collection.folder != _FOLDER or not files:
            raise MusterError(f"{', '.join(map(str, paths))}: there is no school census here")
        for file in files:
            yield collection, read_xml(collection, file)
