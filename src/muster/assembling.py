"""Make the return of one school from the files its systems gave, what was keyed and what was decided.

Where payroll has a part (staff), MIS, payroll and last year are joined; else the MIS's exports alone make the return.

The website keeps the parts as they come, from the school and from its payroll provider, and assembles them anew.
A file that holds other schools' staff too gives only this school's: of the others nothing is told.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copyfile

from muster.building import read_sources
from muster.catalogue import load_collection
from muster.collect import gather
from muster.exchange import file_name, xml_text
from muster.link import Conflict, Coverage, Decisions, LeftOut, Proposal, ToKey, link, write_to_key
from muster.model import Collection, MusterError, Notice, Return, SourceFile, SourceKind
from muster.model.authority import Authority, School, SourceSetting
from muster.read import Export, export_kinds, read_export, recognised_mapping
from muster.resolve import Identities

# What reading says of rows of schools it was not asked about.
_OTHER_SCHOOLS = "school_unknown"


@dataclass(frozen=True)
class Part:
    """One file that came for a return: of which kind, and from whom."""

    source: SourceFile
    kind: SourceKind
    supplier: str


@dataclass(frozen=True)
class Keyed:
    """One value keyed because no file has it; ``key`` and ``target`` are those it was asked with."""

    key: str
    table: str
    target: str
    item: str
    value: str


@dataclass(frozen=True)
class Given:
    """Everything a return is assembled from, as it stood at a moment; the same gives the same bytes.

    ``decided`` says of pairs of records whether they are one person; ``at`` goes into the header of the file.
    """

    parts: Sequence[Part]
    at: datetime
    last_year: SourceFile | None = None
    keyed: Iterable[Keyed] = ()
    decided: Iterable[tuple[str, str, bool]] = ()


@dataclass(frozen=True)
class Assembled:
    """A return made from its parts, and what is still open about it.

    What is open comes of joining; a return made of exports alone has no coverage and nothing to key or confirm.
    ``came`` says of a value, by the name of its record and its item, from which source, file, column and row it came.
    ``shared`` names the files that hold other schools' rows too, which were left alone.
    """

    name: str
    xml: bytes
    one: Return
    notices: tuple[Notice, ...]
    shared: tuple[str, ...]
    came: Mapping[tuple[str, str], str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    coverage: Coverage | None = None
    to_key: tuple[ToKey, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@cache
def kinds_of_files(collection_name: str) -> frozenset[SourceKind]:
    """The kinds of systems whose files a return can be made from here; none where it only comes as it is."""
    return export_kinds(load_collection(collection_name))


def assemble(collection_name: str, year: int, school: School, given: Given) -> Assembled:
    """Assemble the return of a school.  Raises MusterError where no part gave any of its records."""
    collection = load_collection(collection_name)
    with tempfile.TemporaryDirectory(prefix="muster-") as folder:
        make = _joined if "payroll" in kinds_of_files(collection_name) else _from_exports
        return make(collection, year, school, given, Path(folder))


def _joined(collection: Collection, year: int, school: School, given: Given, folder: Path) -> Assembled:
    authority = _laid_out(folder, collection, year, school, given)
    inventory = gather([authority.folder], unpack_to=folder / "unpacked")
    sources = read_sources(collection, authority, inventory)
    linked = link(
        collection,
        authority,
        sources.extracts,
        last_year=sources.last_year,
        confirmed=Decisions.of(given.decided),
        written_at=given.at,
    )
    one = linked.returns.get(school.ref)
    if one is None:
        why = " ".join([*sources.refused, *(notice.message for notice in sources.notices)][:3])
        raise MusterError(f"no file gave any staff of {school.name} ({school.ref}). {why}".strip())
    ref = school.ref
    return replace(
        _assembled(collection, one, [*sources.notices, *one.notices]),
        refused=sources.refused,
        coverage=linked.coverage[ref],
        to_key=tuple(item for item in linked.to_key if item.ref == ref),
        proposals=tuple(p for p in linked.proposals if p.ref == ref),
        conflicts=tuple(c for c in linked.conflicts if c.ref == ref),
        left_out=tuple(left for left in linked.left_out if left.ref in ("", ref)),
    )


def _from_exports(collection: Collection, year: int, school: School, given: Given, folder: Path) -> Assembled:
    """All parts are one export, recognised by its headings; rows that do not say their school are this school's."""
    parts = [
        part.source._replace(path=_copy(part.source, folder / f"part_{number}" / _plain_name(part.source)))
        for number, part in enumerate(given.parts)
    ]
    if not parts:
        raise MusterError(f"no file has come for {school.name} ({school.ref})")
    export = Export(
        recognised_mapping(collection, parts), year, given.at, school=school.ref, schools={school.ref: school}
    )
    returns, notices = read_export(collection, parts, export)
    one = next((found for found in returns if found.ref == school.ref), None)
    if one is None:
        raise MusterError(
            f"no file gave any {collection.tables[collection.person].record} of {school.name} ({school.ref})"
        )
    return _assembled(collection, one, [*notices, *one.notices])


def _laid_out(folder: Path, collection: Collection, year: int, school: School, given: Given) -> Authority:
    """The parts as an authority's folder, as the stages take them, with this one school in it."""
    home = folder / "parts"
    settings = [_put(home, number, part) for number, part in enumerate(given.parts)]
    if given.last_year:
        _copy(given.last_year, home / "last_year" / "return.xml")
    keyed = [_asked(school.ref, one) for one in given.keyed]
    if keyed:
        _write_keyed(home / "keyed" / "keyed.csv", keyed)
    code = school.ref.partition("/")[0]
    return Authority(
        name=code,
        number=code,
        collection=collection.name,
        year=year,
        folder=home,
        schools={school.ref: school},
        sources=tuple(settings),
    )


def _put(home: Path, number: int, part: Part) -> SourceSetting:
    place = f"part_{number}"
    _copy(part.source, home / place / _plain_name(part.source))
    return SourceSetting(files=f"{place}/*", kind=part.kind, name=part.supplier)


def _plain_name(source: SourceFile) -> str:
    return source.name.rpartition("/")[2]


def _copy(source: SourceFile, to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    return copyfile(source.path, to)


def _asked(ref: str, one: Keyed) -> tuple[ToKey, str]:
    return ToKey(ref, (), "", one.key, one.table, one.target, one.item, one.item), one.value


def _write_keyed(path: Path, keyed: Sequence[tuple[ToKey, str]]) -> None:
    """The values as the sheet on which they would have been keyed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_key((asked for asked, _ in keyed), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    at = heading.index("value")
    for row, (_, value) in zip(rows, keyed, strict=True):
        row[at] = value
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([heading, *rows])


def _assembled(collection: Collection, one: Return, notices: Sequence[Notice]) -> Assembled:
    shared = {notice.file.rpartition("/")[2] for notice in notices if notice.code == _OTHER_SCHOOLS}
    return Assembled(
        name=file_name(collection, one),
        xml=xml_text(collection, one).encode("utf-8"),
        one=one,
        notices=tuple(notice for notice in notices if notice.code != _OTHER_SCHOOLS),
        shared=tuple(sorted(shared)),
        came=_came(collection, one),
    )


def _came(collection: Collection, one: Return) -> dict[tuple[str, str], str]:
    """Where each value came from, by the name of its record, which the written file's record has too."""
    names = Identities(collection, one)
    rows = {
        table: {key: row for row, key in enumerate(held.keys[collection.tables[table].key])}
        for table, held in one.tables.items()
    }
    found = {}
    for (table, key, item), came in one.provenance.items():
        row = rows[table].get(key)
        if row is not None:
            place = f", row {came.row}" if came.row else ""
            found[names.of(table)[row], item] = f"{came.source}: {came.file}, {came.column}{place}"
    return found
