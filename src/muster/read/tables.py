"""Read Muster's own template, filled in, as a return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muster.model import Collection, Extract, MusterError, Record, Return, SourceFile
from muster.model.authority import SourceSetting
from muster.read._placing import placed
from muster.read._template_mapping import NAME
from muster.read.extract import read_with_headers
from muster.read.mappings import load_mappings


def read_tables(collection: Collection, sources: Sequence[SourceFile]) -> Return:
    """The return that filled-in template sheets hold: one workbook, or one CSV file for each sheet.

    The sheet 'Return' must give the collection year.  Raises MusterError where the sheets are not of one school.
    """
    mapping = load_mappings(collection)[NAME]
    setting = SourceSetting("", "mis")
    year = _year(collection, sources)
    extract, headers = read_with_headers(collection, year, source=sources, mapping=mapping, setting=setting)
    _refuse_several_schools(extract)
    return _return(collection, year, extract=extract, header=_only(headers))


def _year(collection: Collection, sources: Sequence[SourceFile]) -> int:
    mapping = load_mappings(collection)[NAME]
    latest = max(collection.years)
    _, headers = read_with_headers(
        collection, latest, source=sources, mapping=mapping, setting=SourceSetting("", "mis")
    )
    year = _only(headers).text("year") or ""
    if not year.isdigit() or int(year) not in collection.years:
        said = f"'{year}'" if year else "nothing"
        raise MusterError(
            f"{sources[0].name}: the sheet 'Return' says {said} as collection year; "
            f"write a year from {min(collection.years)} to {latest}."
        )
    return int(year)


def _only(headers: Mapping[str, Record]) -> Record:
    """The header of the one return; where there are several, the schools in the file are refused by name."""
    return next(iter(headers.values()), Record("returns"))


def _refuse_several_schools(extract: Extract) -> None:
    schools = sorted({person.school for person in extract.people} | set(extract.school_records))
    if len(schools) > 1:
        raise MusterError(
            f"{extract.file.name} holds records of {', '.join(school or 'no school' for school in schools)}; "
            "a return is of one school. Make one file for each, or build the returns with 'muster build'."
        )


def _return(collection: Collection, year: int, *, extract: Extract, header: Record) -> Return:
    of_schools = [record for records in extract.school_records.values() for record in records]
    people = [person.record for person in extract.people]
    one = placed(collection, year, header=header, records=[*of_schools, *people], extract=extract)
    one.notices = list(extract.notices)
    return one
