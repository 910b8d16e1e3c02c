"""Invented people as the rows of returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from muster.model import Return
from muster.sample._records import Tables
from muster.sample._shape import YearShape, iso
from muster.sample._truth import Job, Person, Texts

Records = Mapping[str, list[Texts]]
Keys = Mapping[str, int | None]


class RowWriter:
    """Writes people into tables whose keys run on from return to return.

    The tables may be taken between returns: keys are unique over everything one writer wrote.
    """

    def __init__(self, shape: YearShape) -> None:
        self.shape = shape
        self.tables = Tables(shape.collection)
        self._returns = 0

    def add_return(self, ref: str, people: Iterable[Person], about: Records) -> None:
        """Write the return of one school, or of the authority itself."""
        self._returns += 1
        keys = self._add("returns", {}, self._header(ref, self._returns))
        for person in people:
            self._add_person(ref, person, keys)
        for table, records in about.items():
            for values in records:
                self._add(table, keys, values)

    def _header(self, ref: str, return_id: int) -> Texts:
        shape, (lea, _, estab) = self.shape, ref.partition("/")
        header = {
            "collection": shape.collection.message_name,
            "year": str(shape.year),
            "reference_date": iso(shape.census),
            "source_level": "S" if estab else "L",
            "lea": lea,
            "software_code": "Invented",
            "release": "1",
            "serial_no": f"{1 + return_id % 3:03d}",
            "written_at": f"{iso(shape.census + 5)}T09:30:00",
            "contracts_included": "true",
            "absences_included": "true",
            "curriculum_included": "true",
            "qualifications_included": "true",
        } | ({"estab": estab} if estab else {})
        return {item: text for item, text in header.items() if item in shape.collected["returns"]}

    def _add(self, table: str, within: Keys, values: Texts) -> Keys:
        return self.tables.add(table, within, values)

    def _add_person(self, ref: str, person: Person, within: Keys) -> None:
        keys = self._add("members", within, person.details)
        for name in person.former_names:
            self._add("former_names", keys, {"family_name": name})
        for job in person.jobs:
            if job.school == ref:
                self._add_job(keys, job)
        for values in person.qualifications:
            self._add("qualifications", keys, values)
        if person.school != ref:
            return
        for table, records in (("absences", person.absences), ("curriculum", person.curriculum)):
            for values in records:
                self._add(table, keys, values)

    def _add_job(self, member: Keys, job: Job) -> None:
        keys = self._add("contracts", member, job.contract)
        if job.payment:
            self._add("payments", keys, job.payment)
        for values in job.additional:
            self._add("additional_payments", keys, values)
        if job.hours:
            self._add("hours", keys, job.hours)
        for role in job.roles:
            self._add("roles", keys, {"role": role})


def one_return(shape: YearShape, ref: str, people: Iterable[Person], about: Records) -> Return:
    """The return of one school with exactly these people."""
    writer = RowWriter(shape)
    writer.add_return(ref, people, about)
    return Return(shape.collection.name, shape.year, writer.tables.take())
