"""Writes the invented authority of Anyshire as the folder an authority would hand over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from muster.catalogue import load_collection
from muster.exchange import file_name, write_xml
from muster.model import MusterError
from muster.model.authority import School
from muster.model.writing import write_whole
from muster.sample._anyshire import Truth, invent_authority
from muster.sample._files import write_csv
from muster.sample._last_year import returns_a_year_ago
from muster.sample._mess import Planted
from muster.sample._schools import NAME, NUMBER
from muster.sample._shape import YearShape
from muster.sample._sources import Group, groups_of, write_keyed, write_sources
from muster.sample._systems import KEYED, SYSTEMS, System
from muster.sample._truth import Person

Progress = Callable[[str], None]
_COLLECTION = "school_workforce"
_SCHOOL_HEADINGS = (
    "LA", "Estab", "URN", "Name", "Phase", "Type", "Academy", "Federation", "PayArea", "Timetabled",
)  # fmt: skip
_INVENTED = "# An invented authority.  No person, school or number in this folder is real.\n"


@dataclass(frozen=True)
class WrittenAuthority:
    """What was written: how much of it, and the mistakes planted in it."""

    folder: Path
    schools: int
    people: int
    files: int
    planted: tuple[Planted, ...]


def write_authority(
    folder: Path,
    *,
    year: int = 2025,
    seed: int = 1,
    schools: int = 60,
    answers: Path | None = None,
    progress: Progress | None = None,
) -> WrittenAuthority:
    """Write Anyshire's input folder: settings, schools, exports, payrolls and last year's returns.

    The same arguments give the same bytes.  ``answers`` is a file beside it that says who is who and what
    was broken; nothing in the folder does.  Raises MusterError for a year the catalogue does not know.
    """
    say = progress or (lambda _text: None)
    truth = invent_authority(_shape(year), seed=seed, schools=schools)
    say(f"invented {len(truth.people):,} people at {len(truth.schools)} schools")
    groups = groups_of(truth, seed)
    files = [*write_sources(truth, groups, folder), *write_keyed(truth, folder)]
    say(f"wrote {len(files)} exports and payroll files")
    write_schools(folder / "schools.csv", truth.schools)
    _write_settings(folder / "muster.toml", year, groups)
    earlier = _write_last_year(folder / "last_year", truth, seed)
    say(f"wrote {earlier} returns of {year - 1}")
    planted = (*truth.oddities, *(one for group in groups for one in group.planted))
    if answers:
        _write_answers(answers, truth, groups, planted)
    return WrittenAuthority(folder, len(truth.schools), len(truth.people), len(files) + earlier + 2, planted)


def _shape(year: int) -> YearShape:
    collection = load_collection(_COLLECTION)
    if year not in collection.years or year - 1 not in collection.years:
        first, last = min(collection.years) + 1, max(collection.years)
        raise MusterError(f"There is no sample for {year}; choose a year from {first} to {last}.")
    return YearShape(collection, year)


def _write_last_year(folder: Path, truth: Truth, seed: int) -> int:
    collection = truth.shape.collection
    written = 0
    for _, return_ in returns_a_year_ago(truth, seed):
        write_xml(collection, return_, folder / file_name(collection, return_))
        written += 1
    return written


def write_schools(path: Path, schools: Iterable[School]) -> None:
    """Write the register of an authority's schools, as ``read_schools`` reads it."""
    lines = (dict(zip(_SCHOOL_HEADINGS, _school_line(school), strict=True)) for school in schools)
    write_csv(path, list(_SCHOOL_HEADINGS), lines)


def _school_line(school: School) -> list[str]:
    lea, _, estab = school.ref.partition("/")
    return [
        lea, estab, school.urn, school.name, school.phase, school.kind, "yes" if school.academy else "no",
        school.federation, school.pay_area, "yes" if school.timetabled else "no",
    ]  # fmt: skip


def _write_settings(path: Path, year: int, groups: list[Group]) -> None:
    used = {KEYED.name} | {group.system.name for group in groups}
    parts = [
        f'{_INVENTED}collection = "{_COLLECTION}"\n'
        f'year       = {year}\n\n[authority]\nname   = "{NAME}"\nnumber = "{NUMBER}"\n'
    ]
    parts += [_source(system) for system in SYSTEMS if system.name in used]
    write_whole(path, "\n".join(parts).encode("utf-8"))


def _source(system: System) -> str:
    ending = "xlsx" if system.workbook else "csv"
    pattern = f"{system.folder}/{system.name}_*.{ending}"
    if system.name == "itrent":
        pattern = "payroll/itrent_[!p]*.csv"
    return (
        f'[[source]]\nfiles   = "{pattern}"\nkind    = "{system.source}"\n'
        f'name    = "{system.title}"\nmapping = "{system.mapping}"\n'
    )


def _write_answers(path: Path, truth: Truth, groups: Iterable[Group], planted: tuple[Planted, ...]) -> None:
    seen = sorted(
        (one.ref, one.truth, group.system.source, one.reference) for group in groups for one in group.seen
    )
    headings = ("school", "person", "source", "reference")
    answer = {
        "seen": [dict(zip(headings, one, strict=True)) for one in seen],
        "planted": [one._asdict() for one in planted],
        "people": {str(person.number): _who(person) for person in truth.people},
    }
    write_whole(path, json.dumps(answer, ensure_ascii=False, indent=1).encode("utf-8"))


def _who(person: Person) -> dict[str, object]:
    return {"details": person.details, "schools": person.schools(), "category": person.category}
