"""Turn an official XML return into tables (.xlsx, or a folder of CSV files), or such tables into XML.

What a school's system exports becomes one official file for each school in it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from muster.catalogue import collection_called, load_collection
from muster.cli import exports
from muster.cli.chosen import COLLECTION
from muster.cli.console import Console
from muster.cli.one_return import read_one_return
from muster.collect import gather
from muster.exchange import (
    collection_named_in,
    file_name,
    from_tables,
    holds_own_tables,
    left_unwritten,
    to_tables,
    write_xml,
)
from muster.model import Collection, MusterError, Return, SourceFile
from muster.model.words import count_of
from muster.read import peek_header


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", type=Path, help="an XML file, a workbook or a folder of CSV files")
    parser.add_argument("target", type=Path, help="a .xml or .xlsx file to write, or a folder")
    parser.add_argument("--collection", help="which collection (default: the one the file is of)")
    parser.add_argument("--year", type=int, help="the collection year, where the tables do not say")
    parser.add_argument(
        "--school", default="", help="the school of an export that does not name it: 919/4001"
    )
    parser.add_argument("--schools", type=Path, metavar="CSV", help="the authority's schools.csv")
    exports.arguments(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Convert in the direction the source asks for."""
    from_xml = args.source.suffix.lower() == ".xml"
    _refuse_target(args.target, from_xml=from_xml)
    _refuse_without_header(args.collection, args.source)
    if args.collection and not from_xml and args.source.exists() and not holds_own_tables(args.source):
        return _from_export(args, console)
    collection, one = read_one_return(args.collection, args.source) if from_xml else _from_tables(args)
    written = args.target
    if from_xml:
        to_tables(collection, one, written)
    else:
        written = written if written.suffix.lower() == ".xml" else written / file_name(collection, one)
        write_xml(collection, one, written)
        for lost in left_unwritten(collection, one):
            console.detail(f"Note: not part of the {one.year} message, so not written: {lost}")
    people = collection.tables.get(collection.person)
    counted = f", {count_of(len(one.tables[people.name]), people.record)}" if people else ""
    console.say(f"Wrote {written}: return of {one.ref}, {one.year}{counted}")
    for notice in one.notices:
        console.detail(f"Note: {notice.message}{f' (line {notice.line})' if notice.line else ''}")
    console.answer(
        {"written": str(written), "return": one.ref, "year": one.year, "notices": len(one.notices)}
    )
    return 0


def _from_export(args: argparse.Namespace, console: Console) -> int:
    """Write one official file for each school of an export; into a folder, or to the file named where it is one."""
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        files = gather([args.source], unpack_to=Path(unpacked)).files
        collection, returns = exports.read_returns(args, console, files)
    named = args.target.suffix.lower() == ".xml"
    if named and len(returns) > 1:
        raise MusterError(f"{args.source.name} holds {len(returns)} schools; name a folder to write them to")
    for one in returns:
        written = args.target if named else args.target / file_name(collection, one)
        write_xml(collection, one, written)
        people = count_of(len(one.tables[collection.person]), collection.tables[collection.person].record)
        console.say(f"Wrote {written}: return of {one.ref}, {one.year}, {people}")
        for notice in one.notices:
            console.detail(f"Note: {notice.message} {notice.fix}".rstrip())
    console.answer({"written": str(args.target), "returns": [one.ref for one in returns]})
    return 0


def _refuse_target(target: Path, *, from_xml: bool) -> None:
    """Refuse a target of another form, which would otherwise become a folder of that name."""
    wanted = ".xlsx" if from_xml else ".xml"
    if target.suffix and target.suffix.lower() != wanted and not target.is_dir():
        source = "an XML return becomes" if from_xml else "tables become"
        raise MusterError(f"{source} a {wanted} file or a folder; '{target.name}' is neither")


def _refuse_without_header(named: str | None, source: Path) -> None:
    """Refuse a return whose files say neither year nor authority: its XML and its set hold different things."""
    is_xml = source.suffix.lower() == ".xml" and source.is_file()
    said = collection_called(peek_header(SourceFile(source, source.name, "", 0)).root) if is_xml else ""
    name = named or said
    if name and (collection := load_collection(name)).header == "in settings":
        raise MusterError(
            f"the {collection.title} is not converted: its XML has no social worker episodes and no dates of birth "
            "beside the records, and its set of files has no mark of unaccompanied children. "
            "Check either form as it is with 'muster check'."
        )


def _from_tables(args: argparse.Namespace) -> tuple[Collection, Return]:
    named = args.collection or (collection_named_in(args.source) if args.source.exists() else "")
    collection = load_collection(named or COLLECTION)
    return collection, from_tables(collection, args.source, year=args.year)
