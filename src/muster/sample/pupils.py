"""Writes school censuses of one term: the schools of Anyshire as files, or a country as Parquet tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from muster.catalogue import load_collection
from muster.exchange import file_name, write_xml
from muster.model import TERMS, MusterError, Return
from muster.model.authority import School
from muster.read import load_mappings
from muster.sample._authorities import AUTHORITIES
from muster.sample._census_school import CensusSchool, SchoolCensus
from muster.sample._census_shape import PHASES, CensusShape
from muster.sample._child_defects import Spoiler
from muster.sample._doubles import Doubles
from muster.sample._parquet import ParquetFolder
from muster.sample._pupil import Admissions, Seat
from muster.sample._pupil_exports import write_pupil_reports
from muster.sample._records import Record, Tables
from muster.sample._schools import NUMBER, invent_schools
from muster.sample.sample import write_schools

Progress = Callable[[int, int], None]
FOLDER = "school_census"
_REPORTS = "sims_pupils"  # whose layout the exports have
_SCHOOL_PUPILS = 350


@dataclass(frozen=True)
class CensusSettings:
    """Which census to write, of how many schools; ``pupils`` says about how many there are in a country."""

    term: str = "spring"
    year: int = 2026
    schools: int = 60
    pupils: int = 9_000_000
    seed: int = 1
    form: Literal["xml", "parquet", "csv"] = "xml"
    defects: bool = True


@dataclass(frozen=True)
class WrittenCensus:
    """What was written: schools, rows by table, and the mistakes planted by kind."""

    folder: Path
    schools: int
    rows: dict[str, int]
    planted: dict[str, int]


def census_shape(settings: CensusSettings) -> CensusShape:
    """The census of the settings.  Raises MusterError for a term or year there is none of."""
    if settings.term not in TERMS:
        raise MusterError(f"'{settings.term}' is no term; choose {', '.join(TERMS)}")
    collection = load_collection(f"{FOLDER}_{settings.term}")
    if settings.year not in collection.years:
        first, last = collection.years[0], collection.years[-1]
        raise MusterError(f"There is no sample for {settings.year}; choose a year from {first} to {last}.")
    return CensusShape(collection, settings.year)


def write_census(
    out: Path,
    settings: CensusSettings,
    *,
    schools: Sequence[School] = (),
    progress: Progress = lambda _done, _of: None,
) -> WrittenCensus:
    """Write the census of every school given, or of invented ones; the same settings give the same bytes.

    The censuses of one school year, written with the same seed and schools, are of the same pupils.
    """
    shape, spoiler = census_shape(settings), Spoiler(FOLDER)
    if settings.form == "parquet":
        return _write_country(out, shape, settings, spoiler, progress)
    chosen = schools or invent_schools(Random(settings.seed), settings.schools)
    rows = dict.fromkeys(shape.collection.tables, 0)
    returns: list[Return] = []
    for number, one in enumerate(census_returns(shape, chosen, settings, spoiler=spoiler), start=1):
        if settings.form == "csv":
            returns.append(one)
        else:
            write_xml(shape.collection, one, out / file_name(shape.collection, one))
        rows = {name: rows[name] + len(table) for name, table in one.tables.items()}
        progress(number, len(chosen))
    if returns:
        mapping = load_mappings(shape.collection)[_REPORTS]
        write_pupil_reports(shape.collection, returns, mapping, out / "reports")
    write_schools(out / "schools.csv", chosen)
    return WrittenCensus(out, len(chosen), rows, dict(spoiler.planted))


def census_returns(
    shape: CensusShape, schools: Iterable[School], settings: CensusSettings, *, spoiler: Spoiler | None = None
) -> Iterator[Return]:
    """The return of each school of Anyshire, with mistakes where the settings want them."""
    admissions, sizes = Admissions(shape, NUMBER, settings.seed), Random(f"{settings.seed}:{FOLDER}")
    spoiling = spoiler if settings.defects else None
    doubles = Doubles(spoiling.planted) if spoiling else None
    for school in schools:
        one = CensusSchool.of(school, sizes.triangular(0.8, 1.5, 1.15))
        yield school_return(shape, one, admissions, spoiler=spoiling, doubles=doubles)


def school_return(
    shape: CensusShape,
    school: CensusSchool,
    admissions: Admissions,
    *,
    spoiler: Spoiler | None = None,
    doubles: Doubles | None = None,
) -> Return:
    """The return of one school."""
    tables = Tables(shape.collection)
    rng = Random(f"{admissions.seed}:{shape.term}:{school.ref}")
    census = SchoolCensus(shape, school, admissions, rng)
    pupils = list(census.pupils())
    if doubles:
        pupils[:0] = doubles.of_a_school(school.phase, pupils)
    _add_school(tables, census, pupils, spoiler)
    return Return(shape.collection.name, shape.year, tables.take())


def _add_school(
    tables: Tables, census: SchoolCensus, pupils: list[tuple[Seat, Record]], spoiler: Spoiler | None
) -> None:
    on_roll = [seat for seat, pupil in pupils if pupil.values["on_roll"] == "true"]
    part_time = _part_time(pupil for _, pupil in pupils)
    meals = sum(one.table == "fsm_periods" for _, pupil in pupils for one in pupil.within)
    keys = tables.add("returns", {}, census.header(on_roll, part_time, meals))
    for table, records in (
        ("childcare", census.childcare()),
        ("classes", census.classes(on_roll, part_time)),
    ):
        for values in records:
            tables.add(table, keys, values)
    for _, pupil in pupils:
        if spoiler:
            spoiler.spoil(census.rng, pupil)
        tables.add_record(pupil, keys)


def _part_time(pupils: Iterable[Record]) -> int:
    """Half of the part-time pupils are not at school at the selected time."""
    return sum(pupil.values.get("part_time") == "true" for pupil in pupils) // 2


# -- a country ---------------------------------------------------------------------------------------


def _write_country(
    out: Path, shape: CensusShape, settings: CensusSettings, spoiler: Spoiler, progress: Progress
) -> WrittenCensus:
    folder, tables = ParquetFolder(shape.collection, out), Tables(shape.collection)
    schools = 0
    for number, authority in enumerate(AUTHORITIES):
        rng = Random(f"{settings.seed}:{FOLDER}:{shape.term}:{shape.year}:{authority}")
        admissions = Admissions(shape, authority, settings.seed, first=number * 500_000)
        for school in _schools_of(authority, settings.pupils // len(AUTHORITIES), rng):
            census = SchoolCensus(shape, school, admissions, rng)
            _add_school(tables, census, list(census.pupils()), spoiler if settings.defects else None)
            schools += 1
        collected = {name: rows for name, rows in tables.take().items() if shape.collects(name)}
        folder.add(collected)
        progress(number + 1, len(AUTHORITIES))
    return WrittenCensus(out, schools, folder.rows, dict(spoiler.planted))


def _schools_of(authority: str, pupils: int, rng: Random) -> Iterator[CensusSchool]:
    """About so many pupils' worth of schools, of every phase."""
    count = max(1, pupils // _SCHOOL_PUPILS)
    for number in range(count):
        phase = rng.choices(("PS", "SS", "NS", "AT", "SP", "MP", "MS", "PR"), (68, 17, 3, 3, 5, 1, 1, 2))[0]
        ref = f"{authority}/{2001 + number}"
        yield CensusSchool(
            ref, f"Invented school {number + 1}", phase, PHASES[phase][0], rng.uniform(0.6, 1.3)
        )
