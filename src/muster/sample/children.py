"""Writes children in need, or looked-after children, of as many authorities as the country has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal, Protocol

from muster.catalogue import load_collection
from muster.exchange import file_name, write_xml
from muster.model import Collection, MusterError, Return, Rows
from muster.read.previous import INPUT
from muster.sample._authorities import AUTHORITIES, shared_out
from muster.sample._child_defects import Spoiler
from muster.sample._in_need import InNeed, InNeedYear
from muster.sample._looked_after import LookedAfter
from muster.sample._looked_after_year import LookedAfterYear
from muster.sample._parquet import ParquetFolder
from muster.sample._records import Record, Tables
from muster.sample._set_files import write_set

Progress = Callable[[int, int], None]
Form = Literal["parquet", "xml", "csv"]
_PART = 20_000
FORMS: dict[str, tuple[Form, ...]] = {
    "children_in_need": ("parquet", "xml"),
    "looked_after": ("parquet", "csv"),
}


@dataclass(frozen=True)
class ChildrenSettings:
    """What to write: how many children of how many authorities, in which form.

    Unless said, Parquet is of all authorities, and files are of one: the invented 999.
    """

    collection: str
    year: int = 2025
    children: int = 400_000
    authorities: int | None = None
    seed: int = 1
    form: Form = "parquet"
    defects: bool = True

    @property
    def shares(self) -> dict[str, int]:
        """How many children each authority has."""
        usual = min(len(AUTHORITIES), self.children) if self.form == "parquet" else 1
        return shared_out(self.children, usual if self.authorities is None else self.authorities)


@dataclass(frozen=True)
class WrittenChildren:
    """What was written: rows by table, and the mistakes planted by kind."""

    folder: Path
    authorities: int
    rows: dict[str, int]
    planted: dict[str, int]


class _Inventor(Protocol):
    def children(self, count: int) -> Iterator[Record]: ...


def write_children(
    out: Path, settings: ChildrenSettings, *, progress: Progress = lambda _done, _of: None
) -> WrittenChildren:
    """Write invented children, as Parquet tables of all authorities or as the files each authority would send.

    The same settings give the same rows.  ``progress`` is told how many children are done and of how many.  Memory
    stays bounded: no more than a part of an authority is held at a time, unless files are asked for.
    """
    collection = _collection(settings)
    country = _Country(collection, settings, progress)
    write = _write_parquet if settings.form == "parquet" else _write_files
    rows = write(collection, out, country)
    return WrittenChildren(out, len(country.shares), rows, dict(country.spoiler.planted))


def _collection(settings: ChildrenSettings) -> Collection:
    forms = FORMS[settings.collection]
    if settings.form not in forms:
        raise MusterError(
            f"a sample of this collection is written as {' or '.join(forms)}, not as {settings.form}"
        )
    collection = load_collection(settings.collection)
    if settings.year not in collection.years:
        first, last = collection.years[0], collection.years[-1]
        raise MusterError(f"There is no sample for {settings.year}; choose a year from {first} to {last}.")
    asked = settings.authorities or 1
    if settings.authorities == 0 or not 1 <= asked <= min(settings.children, len(AUTHORITIES)):
        raise MusterError(f"choose 1 to {len(AUTHORITIES)} authorities, and at least as many children")
    return collection


class _Country:
    """The children of one authority after another, with a mistake here and there."""

    def __init__(self, collection: Collection, settings: ChildrenSettings, progress: Progress) -> None:
        self.settings, self.progress = settings, progress
        self.shares = settings.shares
        self.spoiler = Spoiler(collection.name)
        self._done = 0

    def header(self, authority: str) -> dict[str, str]:
        """The row of an authority's return."""
        year = self.settings.year
        return (InNeedYear(year) if self._in_need else LookedAfterYear(year)).header(authority)

    def children(self, authority: str) -> Iterator[Record]:
        """The children of an authority."""
        settings = self.settings
        rng = Random(f"{settings.seed}:{settings.collection}:{settings.year}:{authority}")
        inventor = self._inventor(authority, rng)
        spoiling = Random(f"{settings.seed}:{settings.collection}:{settings.year}:{authority}:mistakes")
        for child in inventor.children(self.shares[authority]):
            if settings.defects:
                self.spoiler.spoil(spoiling, child)
            self._done += 1
            if self._done % 1_000 == 0:
                self.progress(self._done, settings.children)
            yield child

    @property
    def _in_need(self) -> bool:
        return self.settings.collection == "children_in_need"

    def _inventor(self, authority: str, rng: Random) -> _Inventor:
        kind = InNeed if self._in_need else LookedAfter
        return kind(self.settings.year, authority, rng)


def _write_parquet(collection: Collection, out: Path, country: _Country) -> dict[str, int]:
    year = country.settings.year
    folder, tables = ParquetFolder(collection, out), Tables(collection)
    for authority in country.shares:
        keys = tables.add("returns", {}, country.header(authority))
        for child in country.children(authority):
            tables.add_record(child, keys)
            if len(tables.rows["children"]) >= _PART:
                folder.add(_collected(tables, year))
    folder.add(_collected(tables, year))
    return folder.rows


def _collected(tables: Tables, year: int) -> dict[str, Rows]:
    """The rows written so far of what returns of the year hold; a list that is not there has no table."""
    about = tables.collection.tables
    return {
        name: rows
        for name, rows in tables.take().items()
        if year in about[name].years and about[name].input in (None, INPUT)
    }


def _write_files(collection: Collection, out: Path, country: _Country) -> dict[str, int]:
    rows = dict.fromkeys(collection.tables, 0)
    for one in _returns(collection, country):
        rows = {name: rows[name] + len(table) for name, table in one.tables.items()}
        if country.settings.form == "xml":
            write_xml(collection, one, out / file_name(collection, one))
        else:
            write_set(collection, one, out / one.lea if len(country.shares) > 1 else out)
    return rows


def returns_of(settings: ChildrenSettings) -> Iterator[Return]:
    """The returns that would be written, one authority after the other, with what they lack for want of other lists."""
    collection = _collection(settings)
    return _returns(collection, _Country(collection, settings, lambda _done, _of: None))


def _returns(collection: Collection, country: _Country) -> Iterator[Return]:
    lists = {
        t.name: collection.inputs[t.input] for t in collection.tables.values() if t.input not in (None, INPUT)
    }
    for authority in country.shares:
        tables = Tables(collection)
        keys = tables.add("returns", {}, country.header(authority))
        for child in country.children(authority):
            tables.add_record(child, keys)
        yield Return(collection.name, country.settings.year, tables.take(), absent=dict(lists))
