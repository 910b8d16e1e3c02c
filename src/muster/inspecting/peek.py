"""What a file is, told from its beginning: of which collection, year and school, or why it is no return."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from muster.catalogue import collection_called, collection_names, load_collection
from muster.inspecting.sets import is_zip, members
from muster.model import SourceFile, UnreadableFile
from muster.read import FileHeader, kind_of_other_file, peek_header, read_sheets, table_of

_TABLES = (".csv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods")


@dataclass(frozen=True)
class Peeked:
    """What a file says of itself; '' and None for what it does not say.

    ``tables`` names the tables that a file of a set holds; it is empty for an XML file.
    """

    collection: str
    title: str
    year: int | None = None
    ref: str = ""
    tables: tuple[str, ...] = ()


def peek(source: SourceFile) -> Peeked:
    """Tell what a file is without reading it whole.  Raises UnreadableFile, in plain words, for what is no return."""
    if is_zip(source):
        return _peek_set(source)
    if Path(source.name).suffix.lower() in _TABLES:
        return _peek_tables(source)
    header = peek_header(source)
    name = collection_called(header.collection or header.root, header.term)
    goes_between_schools = name and load_collection(name).header == "version"
    if goes_between_schools or (not name and (header.collection or header.root != "Message")):
        raise UnreadableFile(_no_return(source, header))
    if name and load_collection(name).terms and not load_collection(name).term:
        raise UnreadableFile(_of_no_term(source, header, name))
    title = load_collection(name).title if name else ""
    year = int(header.year) if header.year.isdecimal() and len(header.year) == 4 else None
    return Peeked(name, title, year, header.ref)


def _peek_set(source: SourceFile) -> Peeked:
    """What the tables in a zip are together; XML files in a zip are returns of their own."""
    with members([source]) as files:
        seen = [_peek_tables(one) for one in files if Path(one.name).suffix.lower() in _TABLES]
    if not seen:
        raise UnreadableFile(f"{source.name} holds no table of a return")
    return replace(seen[0], tables=tuple(name for one in seen for name in one.tables))


def _peek_tables(source: SourceFile) -> Peeked:
    sheets = read_sheets(source)
    for name in collection_names():
        collection = load_collection(name)
        if collection.header == "in settings":
            tables = [table_of(collection, sheet.headings) for sheet in sheets]
            held = tuple(table.name for table in tables if table)
            if held:
                return Peeked(name, collection.title, tables=held)
    raise UnreadableFile(
        f"{source.name} is a table, but none that belongs to a return. If it is an export or a payroll extract, "
        "send it where a return is built; if a return was meant, send its XML file."
    )


def _of_no_term(source: SourceFile, header: FileHeader, name: str) -> str:
    collection = load_collection(name)
    known = ", ".join(f"{code} for {term}" for term, code in collection.terms.items())
    what = collection.term_element.lower()
    said = f"says '{header.term[:20]}' for its {what}" if header.term else f"does not say its {what}"
    return (
        f"{source.name} {said} ({collection.term_element} within Header/CollectionDetails); it is {known}. "
        "Export the file again."
    )


def _no_return(source: SourceFile, header: FileHeader) -> str:
    seems = kind_of_other_file(header)
    all_known = [load_collection(name) for name in collection_names()]
    known = ", ".join(one.title.lower() for one in all_known if one.header != "version")
    what = f"it seems to be {seems}" if seems else f"its outermost element is <{header.root[:60]}>"
    return f"{source.name} is no return Muster knows: {what}. It knows the {known}."
