"""Turn an official XML return into tables (.xlsx, or a folder of CSV files), or such tables into XML."""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.catalogue import load_collection
from muster.cli.console import Console
from muster.cli.one_return import read_one_return
from muster.exchange import file_name, from_tables, to_tables, write_xml
from muster.model import MusterError
from muster.model.words import count_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", type=Path, help="an XML file, a workbook or a folder of CSV files")
    parser.add_argument("target", type=Path, help="a .xml or .xlsx file to write, or a folder")
    parser.add_argument("--collection", default="school_workforce", help="which collection")
    parser.add_argument("--year", type=int, help="the collection year, where the tables do not say")


def run(args: argparse.Namespace, console: Console) -> int:
    """Convert in the direction the source asks for."""
    collection = load_collection(args.collection)
    from_xml = args.source.suffix.lower() == ".xml"
    _refuse_target(args.target, from_xml=from_xml)
    one = (
        read_one_return(collection, args.source)
        if from_xml
        else from_tables(collection, args.source, year=args.year)
    )
    written = args.target
    if from_xml:
        to_tables(collection, one, written)
    else:
        written = written if written.suffix.lower() == ".xml" else written / file_name(collection, one)
        write_xml(collection, one, written)
    people = count_of(len(one.tables["members"]), "staff record") if "members" in one.tables else ""
    console.say(f"Wrote {written}: return of {one.ref}, {one.year}, {people}")
    for notice in one.notices:
        console.detail(f"Note: {notice.message}{f' (line {notice.line})' if notice.line else ''}")
    console.answer(
        {"written": str(written), "return": one.ref, "year": one.year, "notices": len(one.notices)}
    )
    return 0


def _refuse_target(target: Path, *, from_xml: bool) -> None:
    """Refuse a target of another form, which would otherwise become a folder of that name."""
    wanted = ".xlsx" if from_xml else ".xml"
    if target.suffix and target.suffix.lower() != wanted and not target.is_dir():
        source = "an XML return becomes" if from_xml else "tables become"
        raise MusterError(f"{source} a {wanted} file or a folder; '{target.name}' is neither")
