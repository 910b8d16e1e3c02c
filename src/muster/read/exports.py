"""Read what a school's system exports as returns of one collection, by a mapping: one return for each school in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from muster.model import (
    Cell,
    Collection,
    Extract,
    MusterError,
    Notice,
    Record,
    Return,
    SourceFile,
    SourceKind,
)
from muster.model.authority import Authority, School, SourceSetting
from muster.model.header import header_texts
from muster.read._cells import code_words
from muster.read._placing import placed
from muster.read.extract import read_with_headers
from muster.read.mapping import SourceMapping, known_headings
from muster.read.mappings import load_mappings
from muster.read.recognising import recognise
from muster.read.sheets import read_sheets
from muster.read.values import fold

# What schools.csv says of a school that a return asks for too, by the item it fills.
_OF_THE_REGISTER = {"school_name": "name", "phase": "phase"}


@dataclass(frozen=True)
class Export:
    """What is known of an export beside its files: by which mapping, for when, of which school or schools.

    ``school`` is the one the files are of where they do not say; ``schools`` the register, by reference.
    """

    mapping: SourceMapping
    year: int
    written_at: datetime
    school: str = ""
    schools: Mapping[str, School] = field(default_factory=dict)


def export_kinds(collection: Collection) -> frozenset[SourceKind]:
    """The kinds of systems whose exports Muster reads for a collection: MIS, payroll, both or none."""
    return frozenset(mapping.source for mapping in load_mappings(collection).values())


def recognised_mapping(collection: Collection, files: Sequence[SourceFile]) -> SourceMapping:
    """The mapping that the headings of one export fit.  Raises UnreadableFile where none does."""
    known = load_mappings(collection)
    headings = known_headings(known)
    return recognise([sheet for file in files for sheet in read_sheets(file, headings)], known).mapping


def read_export(
    collection: Collection, sources: Sequence[SourceFile], export: Export
) -> tuple[list[Return], list[Notice]]:
    """One return for each school, in order, and what was odd about files of several schools.

    What was odd about the files of one school stands among the notices of its return.  Raises UnreadableFile,
    and MusterError where a row does not say of which school it is.
    """
    setting = SourceSetting("", export.mapping.source, school=export.school)
    extract, headers = read_with_headers(
        collection, export.year, source=sources, mapping=export.mapping, setting=setting,
        authority=_authority(collection, export),
    )  # fmt: skip
    by_school = _by_school(extract, sources[0].name)
    returns = [
        placed(
            collection, export.year, header=_header(collection, export, ref, headers.get(ref)), records=records,
            extract=extract,
        )
        for ref, records in sorted(by_school.items())
    ]  # fmt: skip
    if len(returns) == 1:
        returns[0].notices = list(extract.notices)
        return returns, []
    return returns, list(extract.notices)


def _authority(collection: Collection, export: Export) -> Authority | None:
    """The register as the reader of schools wants it; with schools of several authorities no number stands alone."""
    numbers = {ref.partition("/")[0] for ref in export.schools}
    if not numbers:
        return None
    number = numbers.pop() if len(numbers) == 1 else ""
    return Authority("", number, collection.name, export.year, Path(), export.schools)


def _by_school(extract: Extract, name: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for ref, records in extract.school_records.items():
        found.setdefault(ref, []).extend(records)
    for person in extract.people:
        found.setdefault(person.school, []).append(person.record)
    if "" in found:
        raise MusterError(
            f"{name} does not say of which school it is: add a column or a sheet with the school's number, "
            "or name the school (--school 919/4001)."
        )
    if not found:
        raise MusterError(f"{name} holds no record below its headings. Export it again.")
    return found


def _header(collection: Collection, export: Export, ref: str, own: Record | None) -> Record:
    """The header of a return: what the file's own sheet says, then the register, then what Muster knows."""
    texts = header_texts(collection, export.year, ref, written_at=export.written_at)
    texts |= _registered(collection, export, ref)
    items = collection.tables["returns"].items
    known = {
        item: Cell(text, text, None, "set by Muster")
        for item, text in texts.items()
        if text and item in items and export.year in items[item].years
    }
    said = {item: cell for item, cell in own.values.items() if cell.text} if own else {}
    return Record("returns", {**known, **said}, row=own.row if own else None)


def _registered(collection: Collection, export: Export, ref: str) -> dict[str, str]:
    school = export.schools.get(ref)
    items = collection.tables["returns"].items
    found: dict[str, str] = {}
    for item, column in _OF_THE_REGISTER.items() if school else ():
        text = str(getattr(school, column))
        codes = collection.code_sets.get(items[item].codes or "") if item in items else None
        if codes:
            words = export.mapping.words("returns", items[item], year=export.year)
            text = code_words(codes, words, year=export.year).get(fold(text), text)
        found[item] = text
    return found
