"""Read Muster's own template, filled in, as a return."""

from __future__ import annotations

from collections.abc import Sequence

from muster.model import Collection, Extract, MusterError, Record, Return, Rows, SourceFile
from muster.model.authority import SourceSetting
from muster.read._template_mapping import NAME
from muster.read.extract import read_with_header
from muster.read.mappings import load_mappings


def read_tables(collection: Collection, sources: Sequence[SourceFile]) -> Return:
    """The return that filled-in template sheets hold: one workbook, or one CSV file for each sheet.

    The sheet 'Return' must give the collection year.  Raises MusterError where the sheets are not of one school.
    """
    mapping = load_mappings(collection)[NAME]
    setting = SourceSetting("", "mis")
    year = _year(collection, sources)
    extract, header = read_with_header(collection, year, source=sources, mapping=mapping, setting=setting)
    _refuse_several_schools(extract)
    return _return(collection, year, extract=extract, header=header)


def _year(collection: Collection, sources: Sequence[SourceFile]) -> int:
    mapping = load_mappings(collection)[NAME]
    latest = max(collection.years)
    _, header = read_with_header(
        collection, latest, source=sources, mapping=mapping, setting=SourceSetting("", "mis")
    )
    year = header.text("year") or ""
    if not year.isdigit() or int(year) not in collection.years:
        said = f"'{year}'" if year else "nothing"
        raise MusterError(
            f"{sources[0].name}: the sheet 'Return' says {said} as collection year; "
            f"write a year from {min(collection.years)} to {latest}."
        )
    return int(year)


def _refuse_several_schools(extract: Extract) -> None:
    schools = sorted({person.school for person in extract.people} | set(extract.school_records))
    if len(schools) > 1:
        raise MusterError(
            f"{extract.file.name} holds records of {', '.join(school or 'no school' for school in schools)}; "
            "a return is of one school. Make one file for each, or build the returns with 'muster build'."
        )


def _return(collection: Collection, year: int, *, extract: Extract, header: Record) -> Return:
    tables = {name: Rows.empty(collection, name) for name in collection.tables}
    placer = _Placer(collection, tables)
    placer.add(header, {})
    top = {"return_id": 1}
    for records in extract.school_records.values():
        for record in records:
            placer.add(record, top)
    for person in extract.people:
        placer.add(person.record, top)
    return Return(collection.name, year, tables, extract.file, list(extract.notices))


class _Placer:
    """Turns trees of records into rows with keys."""

    def __init__(self, collection: Collection, tables: dict[str, Rows]) -> None:
        self.collection, self.tables = collection, tables

    def add(self, record: Record, above: dict[str, int]) -> None:
        """Add a record and all below it."""
        rows = self.tables[record.table]
        keys = {**above, self.collection.tables[record.table].key: len(rows) + 1}
        rows.append(keys, {item: cell.text for item, cell in record.values.items()}, record.row)
        for child in record.children:
            self.add(child, keys)
