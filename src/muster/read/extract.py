"""Read a staff export or payroll extract under a mapping: every person in it and all it says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from muster.model import Cell, Collection, Extract, Record, SourceFile, SourcePerson
from muster.model.authority import Authority, SourceSetting
from muster.read._binding import Bound, bind
from muster.read._remarks import Remarks
from muster.read._rows import RowReader, RowValues
from muster.read._schools import SchoolFinder, ref_of
from muster.read._tree import Growth, Person, Plan, graft
from muster.read.mapping import SourceMapping, known_headings
from muster.read.sheets import Sheet, read_sheets
from muster.read.values import fold


def _turn(plan_and_sheet: tuple[Plan, Bound]) -> tuple[bool, bool, int]:
    """The header first, then sheets that describe people and contracts, then those that refer to them."""
    plan, bound = plan_and_sheet
    describes = bound.layout.row in (plan.chain[0], "contracts")
    return plan.chain[0] != "returns", not describes, len(plan.chain)


def read_extract(
    collection: Collection,
    year: int,
    *,
    source: SourceFile | Sequence[SourceFile],
    mapping: SourceMapping,
    setting: SourceSetting,
    authority: Authority | None = None,
) -> Extract:
    """Everything a file says of people, as one tree for each person at each school.

    Several files that belong together (one export as several CSV files) are read as one workbook; columns
    outside the file that describes the people then carry their file's name.  ``authority`` lets schools be
    given by name, URN or establishment number.  Raises UnreadableFile where file or mapping forbid reading.
    """
    extract, _ = read_with_headers(
        collection, year, source=source, mapping=mapping, setting=setting, authority=authority
    )
    return extract


def read_with_headers(
    collection: Collection,
    year: int,
    *,
    source: SourceFile | Sequence[SourceFile],
    mapping: SourceMapping,
    setting: SourceSetting,
    authority: Authority | None = None,
) -> tuple[Extract, dict[str, Record]]:
    """As ``read_extract``, with the header of each return, by school, where the file has a sheet of them."""
    files = [source] if isinstance(source, SourceFile) else list(source)
    known = known_headings({mapping.name: mapping})
    bound, left = bind(mapping, [sheet for file in files for sheet in read_sheets(file, known)])
    plans = sorted(((Plan.of(each.layout, collection), each) for each in bound), key=_turn)
    main = next(
        (each.sheet.file for plan, each in plans if plan.chain[0] == collection.person),
        plans[0][1].sheet.file,
    )
    reading = _Reading(collection, year, mapping, SchoolFinder(authority, default=setting.school), main.name)
    reading.sheets(plans, left)
    extract = Extract(
        source=setting.kind,
        name=setting.name or mapping.title,
        file=main,
        mapping=mapping.label,
        people=reading.people(),
        school_records=reading.school_records,
        notices=reading.remarks.notices(),
    )
    return extract, reading.headers


def read_extracts(
    collection: Collection,
    year: int,
    *,
    sources: Iterable[SourceFile],
    mapping: SourceMapping,
    setting: SourceSetting,
    authority: Authority | None = None,
) -> list[Extract]:
    """One extract for each export among the files of a supplier.

    CSV files whose names differ only in a last word that is a sheet of the mapping are one export:
    ``county_assignments.csv`` and ``county_elements.csv``.  Raises UnreadableFile.
    """
    exports: dict[str, list[SourceFile]] = {}
    for file in sources:
        exports.setdefault(_export_of(file, mapping), []).append(file)
    return [
        read_extract(collection, year, source=files, mapping=mapping, setting=setting, authority=authority)
        for files in exports.values()
    ]


def _export_of(file: SourceFile, mapping: SourceMapping) -> str:
    path = PurePosixPath(file.name)
    before, _, last = path.stem.rpartition("_")
    sheets = {fold(word) for layout in mapping.layouts for word in (layout.name, layout.title)}
    return str(path.with_name(before)) if before and fold(last) in sheets else file.name


@dataclass
class _Reading:
    """The state of one reading: the people met so far, by school and by whatever identifies them."""

    collection: Collection
    year: int
    mapping: SourceMapping
    schools: SchoolFinder
    file: str
    remarks: Remarks = field(default_factory=Remarks)
    school_records: dict[str, list[Record]] = field(default_factory=dict)
    headers: dict[str, Record] = field(default_factory=dict)
    _people: dict[tuple[str, tuple[str, ...]], Person] = field(default_factory=dict)
    _of_every_school: dict[tuple[str, ...], Person] = field(default_factory=dict)

    def sheets(self, plans: Sequence[tuple[Plan, Bound]], left: Iterable[Sheet]) -> None:
        """Read every sheet, in the order of the plans."""
        for sheet in left:
            self.remarks.add("sheet_not_read", sheet.file.name, about=f"'{sheet.name}'")
        for plan, each in plans:
            reader = RowReader(
                self.collection, self.year, mapping=self.mapping, bound=each, remarks=self.remarks
            )
            if each.sheet.file.name != self.file:
                reader.prefix = f"{each.sheet.file.name}: "
            self._rows(plan, each, reader)

    def _rows(self, plan: Plan, bound: Bound, reader: RowReader) -> None:
        if plan.chain[0] == "returns":
            for row in reader.rows():
                self._header(row)
            return
        reader.school_of = lambda written, row: self._school(bound, written, row)
        for row in reader.rows():
            if plan.chain[0] == self.collection.person:
                self._person_row(plan, bound, row)
            elif row.values:
                self.school_records.setdefault(row.school, []).append(_record(plan.chain[0], row))

    def _header(self, row: RowValues) -> None:
        cells = row.values.get(("returns", "", 0), {})
        ref = ref_of({item: cell.text for item, cell in cells.items()})
        self.headers[ref] = Record("returns", dict(cells), row=row.number)
        # Rows that name no school are of the one there is; with several they are of none.
        self.schools.default = self.schools.chosen or (ref if len(self.headers) == 1 else "")

    def _school(self, bound: Bound, written: str, row: int) -> str | None:
        """The school of a row, '' where it does not say, None where it names one the authority has not."""
        file, default = bound.sheet.file.name, self.schools.default
        if not written:
            return default
        if fold(written) in bound.layout.central:
            return self.schools.number or None
        found = self.schools.find(written)
        if found is None and not self.schools.number:
            return default
        if found is None:
            hint = self.schools.hint(written)
            self.remarks.add("school_unknown", file, about=f"'{written}'{hint}", row=row)
        elif default and found != default:
            called = self.schools.called
            self.remarks.add(
                "other_school", file, about=f"{called(default)} but names {called(found)}", row=row
            )
        return found

    def _person_row(self, plan: Plan, bound: Bound, row: RowValues) -> None:
        file = bound.sheet.file.name
        growth = Growth(plan, row.values, row.keys, row.number)
        growth.into(self._person(bound, row, plan))
        if growth.unknown:
            self.remarks.add(
                "contract_unknown", file, about=self.collection.tables[growth.unknown].record, row=row.number
            )
        for cell in growth.differing:
            self.remarks.add("values_differ", file, about=cell.column, row=row.number)

    def _person(self, bound: Bound, row: RowValues, plan: Plan) -> Person:
        everywhere = bound.layout.every_school or plan.chain == (self.collection.person,)
        known = self._of_every_school if everywhere and not row.school else None
        blank = Person(row.reference, Record(self.collection.person, row=row.number))
        if known is not None:
            return known.setdefault(row.identity, blank)
        return self._people.setdefault((row.school, row.identity), blank)

    def people(self) -> list[SourcePerson]:
        """Everyone met; what is said without naming a school goes where other sheets place the person."""
        schools: dict[tuple[str, ...], list[str]] = {}
        for school, identity in self._people:
            if school:
                schools.setdefault(identity, []).append(school)
        for (school, identity), person in list(self._people.items()):
            if not school and schools.get(identity):
                self._place(person, schools[identity], identity)
                del self._people[school, identity]
        for identity, person in self._of_every_school.items():
            for school in schools.get(identity, [""]):
                held = self._people.setdefault(
                    (school, identity), Person(person.reference, Record(self.collection.person))
                )
                graft(held, person)
        self._remark_missing_schools()
        return [SourcePerson(school, p.reference, p.record) for (school, _), p in self._people.items()]

    def _place(self, person: Person, schools: list[str], identity: tuple[str, ...]) -> None:
        if len(schools) > 1:
            for child in person.record.children:
                self.remarks.add("school_of_several", self.file, about=child.table, row=child.row)
        graft(self._people[min(schools), identity], person)

    def _remark_missing_schools(self) -> None:
        for (school, _), person in self._people.items():
            if not school:
                self.remarks.add("school_missing", self.file, row=person.record.row)


def _record(table: str, row: RowValues) -> Record:
    cells: dict[str, Cell] = {}
    for (name, _, _), held in row.values.items():
        if name == table:
            cells.update(held)
    return Record(table, cells, row=row.number)
