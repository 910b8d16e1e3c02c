"""Read what a school's system exports as returns, for ``muster check`` and ``muster convert``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from muster import read
from muster.catalogue import load_collection
from muster.catalogue._source import nearest
from muster.cli.console import Console
from muster.collect import read_schools
from muster.model import Collection, MusterError, Return, SourceFile

_TABLES = frozenset({".csv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options for files that a school's system exports."""
    parser.add_argument(
        "--mapping", default="", metavar="NAME|FILE", help="how an export is laid out (default: recognised)"
    )


def are_exports(files: Sequence[SourceFile]) -> bool:
    """Whether these are tables and nothing else."""
    return bool(files) and all(file.path.suffix.lower() in _TABLES for file in files)


def read_returns(
    args: argparse.Namespace, console: Console, files: Sequence[SourceFile]
) -> tuple[Collection, list[Return]]:
    """The returns that the files of one export hold, of the collection and year named.  Raises MusterError."""
    collection = _collection(args.collection, files[0].name)
    if args.year not in collection.years:
        first, last = collection.years[0], collection.years[-1]
        raise MusterError(
            f"an export does not say of which collection year it is; name it with --year ({first} to {last})"
        )
    mapping = _mapping(args.mapping, collection, files)
    schools = read_schools(args.schools) if args.schools else {}
    export = read.Export(mapping, args.year, datetime.now(), school_named(args.school), schools)
    returns, notices = read.read_export(collection, files, export)
    console.detail(f"Read by the mapping {mapping.label}: {mapping.title}")
    for notice in notices:
        console.detail(f"Note: {notice.message} {notice.fix}".rstrip())
    return collection, returns


def school_named(text: str) -> str:
    """The school of ``--school`` as 919/4001, or 919 for an authority's own return.  Raises MusterError."""
    lea, estab = text[:3], text[3:].removeprefix("/")
    if text and not (_digits(lea, 3) and (not text[3:] or _digits(estab, 4))):
        raise MusterError(f"'{text}' is not the number of a school; write it as 919/4001")
    return "/".join(filter(None, (lea, estab)))


def _digits(text: str, number: int) -> bool:
    return len(text) == number and text.isascii() and text.isdigit()


def _collection(named: str | None, file: str) -> Collection:
    """The collection of ``--collection``; one that is made of exports and payroll together has its own command."""
    if not named:
        raise MusterError(
            f"{file} is a table and does not say of which return; name it, such as "
            "--collection school_census_spring --year 2026; tables of staff and payroll are for 'muster build'"
        )
    collection = load_collection(named)
    if collection.is_of_no_term:
        known = ", ".join(f"{collection.name}_{term}" for term in collection.terms)
        raise MusterError(f"an export does not say of which term it is; choose --collection {known}")
    if "payroll" in read.export_kinds(collection):
        raise MusterError(
            f"the {collection.title} is made of staff exports and payroll together; use 'muster build'"
        )
    return collection


def _mapping(named: str, collection: Collection, files: Sequence[SourceFile]) -> read.SourceMapping:
    if Path(named).suffix == ".toml":
        return read.read_mapping(collection, Path(named))
    known = read.load_mappings(collection)
    if named:
        if named not in known:
            raise MusterError(f"there is no mapping '{named}'{nearest(named, known)} ({', '.join(known)})")
        return known[named]
    return read.recognised_mapping(collection, files)
