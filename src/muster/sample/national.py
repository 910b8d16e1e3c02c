"""Writes a set as large as the country: real schools, real staff numbers, invented people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from muster.catalogue import load_collection
from muster.exchange import file_name, write_xml
from muster.model import MusterError, Return
from muster.sample._national_defects import Spoiler
from muster.sample._parquet import ParquetFolder
from muster.sample._people import SECONDARY, Recruiter
from muster.sample._register import RegisterSchool, read_register, sized
from muster.sample._returns import RowWriter
from muster.sample._shape import YearShape
from muster.sample._truth import Person, Texts

Progress = Callable[[int, int], None]
_COLLECTION = "school_workforce"
# Leavers of the year and agency teachers come on top of those employed on the day.
_ON_TOP = 1.073
_PART = 50_000


@dataclass(frozen=True)
class NationalSettings:
    """What to write: how many staff at how many schools (all, if not said), in which form.

    ``workforce`` is the published file of staff numbers; by default that in ``spt`` beside the register's
    folder.
    """

    year: int = 2025
    staff: int = 1_000_000
    schools: int | None = None
    seed: int = 1
    form: Literal["parquet", "xml"] = "parquet"
    workforce: Path | None = None
    defects: bool = True


@dataclass(frozen=True)
class WrittenNation:
    """What was written: rows by table, and the mistakes planted by kind."""

    folder: Path
    schools: int
    staff: int
    rows: dict[str, int]
    planted: dict[str, int]


def write_national(
    register: Path, out: Path, settings: NationalSettings | None = None, *, progress: Progress | None = None
) -> WrittenNation:
    """Write the schools of a register with invented staff, as Parquet tables or as one XML file per school.

    The same settings give the same rows.  ``progress`` is told how many schools are done and of how many.
    Memory stays bounded: no more than a part of the country is held at a time.
    """
    settings = settings or NationalSettings()
    shape = _shape(settings.year)
    schools = sized(
        read_register(register, _workforce_file(register, settings), settings.seed),
        staff=round(settings.staff / _ON_TOP),
        count=settings.schools,
    )
    nation = _Nation(shape, settings)
    tell = progress or (lambda _done, _of: None)
    write = _write_parquet if settings.form == "parquet" else _write_xml
    rows = write(shape, out, nation.returns(_told(schools, tell)))
    return WrittenNation(out, len(schools), rows["members"], rows, dict(nation.spoiler.planted))


def _shape(year: int) -> YearShape:
    collection = load_collection(_COLLECTION)
    if year not in collection.years:
        first, last = min(collection.years), max(collection.years)
        raise MusterError(f"There is no sample for {year}; choose a year from {first} to {last}.")
    return YearShape(collection, year)


def _workforce_file(register: Path, settings: NationalSettings) -> Path | None:
    if settings.workforce:
        return settings.workforce
    beside = register.resolve().parent.parent / "spt" / "england_swf.csv"
    return beside if beside.exists() else None


def _told(schools: list[RegisterSchool], tell: Progress) -> Iterator[RegisterSchool]:
    for done, school in enumerate(schools):
        if done % 200 == 0:
            tell(done, len(schools))
        yield school
    tell(len(schools), len(schools))


_Staffed = tuple[str, list[Person], dict[str, list[Texts]]]


class _Nation:
    """The staff of one school after another, with a mistake here and there."""

    def __init__(self, shape: YearShape, settings: NationalSettings) -> None:
        self.shape = shape
        self.settings = settings
        self.recruiter = Recruiter(shape, settings.seed)
        self.spoiler = Spoiler()

    def returns(self, schools: Iterable[RegisterSchool]) -> Iterator[_Staffed]:
        for school in schools:
            people = list(self.recruiter.staff(school.ref, school.phase, school.head_count, area=school.area))
            rng = Random(f"{self.settings.seed}:{self.shape.year}:{school.ref}:mistakes")
            if self.settings.defects:
                for person in people:
                    self.spoiler.spoil(rng, person)
            yield school.ref, people, dict(self._counts(rng, school.phase))

    def _counts(self, rng: Random, phase: str) -> Iterator[tuple[str, list[Texts]]]:
        if self.shape.collected["occasional_teachers"]:
            qualified = str(rng.choice((0, 0, 1, 2)))
            yield "occasional_teachers", [{"qualified": qualified, "not_qualified": "0", "not_known": "0"}]
        if rng.random() < 0.2:
            vacancy = {
                "post": self.shape.teacher_post("TE"),
                "temporarily_filled": "false",
                "advertised": "true",
            }
            if self.shape.has("vacancies", "subject"):
                vacancy |= {"tenure": "F"} | ({"subject": "MAT"} if phase in SECONDARY else {})
            yield "vacancies", [vacancy]
        if self.shape.collected["agency_support"] and rng.random() < 0.2:
            yield "agency_support", [{"category": "CLNR", "headcount": str(rng.randint(1, 5))}]


def _write_parquet(shape: YearShape, out: Path, returns: Iterable[_Staffed]) -> dict[str, int]:
    folder, writer = ParquetFolder(shape.collection, out), RowWriter(shape)
    for ref, people, about in returns:
        writer.add_return(ref, people, about)
        if len(writer.tables.rows["members"]) >= _PART:
            folder.add(writer.tables.take())
    folder.add(writer.tables.take())
    return folder.rows


def _write_xml(shape: YearShape, out: Path, returns: Iterable[_Staffed]) -> dict[str, int]:
    rows: Counter[str] = Counter()
    for ref, people, about in returns:
        writer = RowWriter(shape)
        writer.add_return(ref, people, about)
        return_ = Return(shape.collection.name, shape.year, writer.tables.take())
        rows.update({name: len(table) for name, table in return_.tables.items()})
        write_xml(shape.collection, return_, out / file_name(shape.collection, return_))
    return dict(rows)
