"""Writes the two school preferences returns of an invented authority, with its schools and a few mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from muster.catalogue import load_collection
from muster.exchange import write_xml
from muster.model import Collection, MusterError, Return
from muster.model.authority import School
from muster.sample._admissions import AdmittingSchool, Application, apply, lay_out, offer
from muster.sample._child_defects import Spoiler
from muster.sample._identifiers import unique_pupil_number
from muster.sample._names import FAMILY_NAMES, MEN, WOMEN
from muster.sample._records import Record, Tables
from muster.sample._schools import NUMBER, invent_schools
from muster.sample._shape import iso
from muster.sample.sample import write_schools

COLLECTION = "school_preferences"
PHASES = {"primary": "P", "secondary": "S"}
# Neighbours whose schools are named across the border; 998 is no authority.
_ACROSS = {"primary": ("998/2001", "998/2002"), "secondary": ("998/4001", "998/4002")}
_TAKES_IN = {"primary": ("Primary", "All-through"), "secondary": ("Secondary", "All-through")}
# An authority without a number of its own still has to be named in a UPN: this one was given up in 2009.
_NAMED_IN_UPN = "820"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class PreferencesSettings:
    """What to write: of which year, how many applicants in each phase, of how many schools, with mistakes or not."""

    year: int = 2014
    children: int = 2_000
    schools: int = 60
    seed: int = 1
    defects: bool = True


@dataclass(frozen=True)
class WrittenPreferences:
    """What was written: the files by phase, how many applicants each holds, and the mistakes planted by kind."""

    folder: Path
    files: dict[str, Path]
    applicants: dict[str, int]
    planted: dict[str, int]


def write_preferences(
    out: Path,
    settings: PreferencesSettings,
    *,
    schools: Sequence[School] = (),
    progress: Progress = lambda _: None,
) -> WrittenPreferences:
    """Write ``schools.csv`` and a return for each phase; the same settings give the same bytes.

    The schools are invented unless they are given.  Raises MusterError for a year the catalogue does not know.
    """
    collection = load_collection(COLLECTION)
    schools = list(schools) or invent_schools(Random(settings.seed), settings.schools)
    spoiler = Spoiler(COLLECTION)
    files, counts = {}, {}
    for phase in PHASES:
        one = preferences_return(collection, settings, phase, schools, spoiler=spoiler)
        files[phase] = out / f"{NUMBER}_preferences_{settings.year}_{phase}.xml"
        write_xml(collection, one, files[phase])
        counts[phase] = len(one.tables["applicants"])
        progress(f"wrote {counts[phase]:,} applicants for {phase} schools")
    write_schools(out / "schools.csv", [*schools, *_neighbours()])
    return WrittenPreferences(out, files, counts, dict(spoiler.planted))


def preferences_return(
    collection: Collection,
    settings: PreferencesSettings,
    phase: str,
    schools: Sequence[School],
    *,
    spoiler: Spoiler | None = None,
) -> Return:
    """The return of one phase of the invented authority with these schools."""
    if settings.year not in collection.years:
        first, last = collection.years[0], collection.years[-1]
        raise MusterError(f"There is no sample for {settings.year}; choose a year from {first} to {last}.")
    rng = Random(f"{settings.seed}:{COLLECTION}:{settings.year}:{phase}")
    admitting = _admitting(rng, phase, schools, settings.children)
    tables = Tables(collection)
    keys = tables.add("returns", {}, _header(collection, settings.year, phase, admitting))
    for applicant in _applicants(rng, settings, phase, admitting):
        if settings.defects and spoiler:
            spoiler.spoil(rng, applicant)
        tables.add_record(applicant, keys)
    return Return(COLLECTION, settings.year, tables.take())


def _admitting(rng: Random, phase: str, schools: Sequence[School], children: int) -> list[AdmittingSchool]:
    own = [school.ref for school in schools if school.phase in _TAKES_IN[phase]]
    return lay_out(rng, [*own, *_ACROSS[phase]], children)


def _header(
    collection: Collection, year: int, phase: str, admitting: list[AdmittingSchool]
) -> dict[str, str]:
    day = collection.facts[year].constants[f"{phase}_offer_day"]
    assert isinstance(day, date)
    places = sum(school.room for school in admitting if school.ref.startswith(f"{NUMBER}/"))
    return {
        "collection": collection.message_name, "year": str(year), "phase": PHASES[phase],
        "reference_date": day.isoformat(), "source_level": "L", "lea": NUMBER, "software_code": "Invented",
        "release": "1", "serial_no": "001", "written_at": f"{day.isoformat()}T17:00:00", "places": str(places),
    }  # fmt: skip


def _applicants(
    rng: Random, settings: PreferencesSettings, phase: str, admitting: list[AdmittingSchool]
) -> Iterator[Record]:
    applications = [apply(rng, admitting) for _ in range(settings.children)]
    offered = offer(applications, admitting)
    for number, application in enumerate(applications):
        record = Record("applicants", _child(rng, settings.year, phase, number))
        for rank, ref in enumerate(application.named, start=1):
            lea, _, estab = ref.partition("/")
            record.add("preferences", rank=str(rank), lea=lea, estab=estab)
        record.add("offers", **_outcome(application, offered.get(number)))
        yield record


def _child(rng: Random, year: int, phase: str, number: int) -> dict[str, str]:
    sex = rng.choice("MF")
    age = 11 if phase == "secondary" else 4
    born = date(year - age - 1, 9, 1).toordinal() + rng.randrange(365)
    child = {
        "reference": f"{phase[:1].upper()}{year}{number:06d}", "surname": rng.choice(FAMILY_NAMES),
        "forename": rng.choice(MEN if sex == "M" else WOMEN), "birth_date": iso(born), "sex": sex,
        "entry_year": "7" if phase == "secondary" else "R", "postcode": f"ZZ99 {rng.randint(1, 9)}ZZ",
        "address": f"{rng.randint(1, 180)} Invented Road", "home_lea": NUMBER,
    }  # fmt: skip
    if phase == "secondary":
        child["upn"] = unique_pupil_number(_NAMED_IN_UPN, number, year - 7)
    return child


def _outcome(application: Application, ref: str | None) -> dict[str, str]:
    if ref is None:
        return {"made": "false"}
    lea, _, estab = ref.partition("/")
    outcome = {"made": "true", "lea": lea, "estab": estab}
    if ref in application.named:
        return {**outcome, "rank": str(application.named.index(ref) + 1), "not_preferred": "false"}
    return {**outcome, "not_preferred": "true"}


def _neighbours() -> Iterator[School]:
    for phase, refs in _ACROSS.items():
        for ref in refs:
            yield School(ref, f"Otherby {phase.title()} School {ref[-1]}", phase=phase.title())
