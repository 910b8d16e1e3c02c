"""What a system shows of the people it knows: rows under its own headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from muster.sample._layout import Column, SheetLayout
from muster.sample._style import Pen, Shown
from muster.sample._truth import Job, Person, Texts

Line = dict[str, Shown]


@dataclass
class Seen:
    """A person as one system at one school knows them, right or wrong; ``truth`` is who it really is."""

    ref: str
    person: Person
    reference: str
    truth: int


@dataclass
class _Row:
    """The values a row can draw on."""

    tables: dict[str, Texts]
    roles: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    additional: list[Texts] = field(default_factory=list)
    number: str = ""


def people_lines(sheet: SheetLayout, pen: Pen, seen: Iterable[Seen], names: dict[str, str]) -> Iterator[Line]:
    """The rows of a sheet about people."""
    everyone = list(seen)
    refs = {one.ref for one in everyone}
    for one in everyone:
        for row in _rows(sheet.row, one, refs):
            line: Line = {sheet.person: one.reference}
            if sheet.school:
                line[sheet.school] = pen.school(one.ref, names[one.ref])
            if sheet.contract:
                line[sheet.contract] = row.number
            yield line | dict(_cells(sheet.columns, pen, row))


def school_lines(
    sheet: SheetLayout, pen: Pen, school: tuple[str, str], records: list[Texts]
) -> Iterator[Line]:
    """The rows of a sheet about a school, given as its number and name."""
    for values in records:
        line: Line = {sheet.school: pen.school(*school)} if sheet.school else {}
        yield line | dict(_cells(sheet.columns, pen, _Row({sheet.row: values})))


def _rows(table: str, one: Seen, refs: set[str]) -> Iterator[_Row]:
    person = one.person
    members = {"members": person.details}
    jobs = [job for job in person.jobs if job.school == one.ref]
    if table == "members":
        yield _Row(members, former=person.former_names)
    elif table == "contracts":
        yield from (_job_row(person, job) for job in jobs)
    elif table == "additional_payments":
        for job in jobs:
            yield from (_Row(members | {table: one}, number=job.payroll_number) for one in job.additional)
    elif table == "qualifications":
        if person.school == one.ref or person.school not in refs:
            yield from (_Row(members | {table: values}) for values in person.qualifications)
    elif person.school == one.ref:
        yield from (_Row(members | {table: values}) for values in getattr(person, table))


def _job_row(person: Person, job: Job) -> _Row:
    tables = {"members": person.details, "contracts": job.contract}
    tables |= {"hours": job.hours, "payments": job.payment}
    return _Row(tables, job.roles, person.former_names, job.additional, job.payroll_number)


def _cells(columns: Iterable[Column], pen: Pen, row: _Row) -> Iterator[tuple[str, Shown]]:
    for column in columns:
        texts = _texts(column, row)
        if texts:
            shown = [pen.shown(column, text) for text in texts]
            yield column.heading, shown[0] if len(shown) == 1 else f"{column.split} ".join(map(str, shown))


def _texts(column: Column, row: _Row) -> list[str]:
    if column.table in {"roles", "former_names"}:
        several = row.roles if column.table == "roles" else row.former
        return several if column.split else several[column.place : column.place + 1]
    if column.payment:
        values = next((one for one in row.additional if one["payment_type"] == column.payment), {})
    else:
        values = row.tables.get(column.table, {})
    text = values.get(column.item.name)
    return [text] if text else []
