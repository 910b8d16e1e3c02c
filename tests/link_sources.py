"""Sources written as small tables: one row per contract, rows of one staff number are one person.

Numbers are impossible ones (teacher numbers 00000xx, NI numbers with the prefix QQ) and names invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from muster.link import Linked
from muster.link._identity import Identity, identity_of
from muster.link._people import Candidate, account_of
from muster.model import Cell, Extract, Record, Return, SourceFile, SourceKind, SourcePerson
from muster.model.authority import DEFAULT_OWNERS, Authority, School

MEMBER = {
    "tn": "teacher_number", "ni": "ni_number", "born": "birth_date", "family": "family_name", "given": "given_name",
    "sex": "sex", "ethnicity": "ethnicity", "disability": "disability", "qt": "qt_status", "hlta": "hlta_status",
}  # fmt: skip
CONTRACT = {
    "type": "contract_type", "start": "contract_start", "end": "contract_end", "post": "post",
    "arrival": "school_arrival_date", "origin": "origin", "daily": "daily_rate", "estab": "contract_estab",
}  # fmt: skip
PAY = {"pay": "base_pay", "range": "pay_range", "point": "spine_point", "spine": "regional_spine"}
HOURS = {"hours": "hours_per_week", "fte": "fte_hours", "weeks": "weeks_per_year"}
ABSENCE = {"away": "first_day", "back": "last_day", "lost": "working_days_lost", "why": "category"}
QUALIFICATION = {"degree": "qualification_code", "subject": "subject_1"}
CURRICULUM = {"teaches": "subject", "year_group": "year_group", "taught": "hours"}
WRITTEN = datetime(2013, 11, 20, 10, 0, 0)
Row = dict[str, str]


def rows_of(text: str) -> list[Row]:
    """The rows of a table written with bars."""
    heading, *rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(heading, row, strict=True)) for row in rows]


def _cells(row: Row, names: Mapping[str, str], line: int) -> dict[str, Cell]:
    return {
        item: Cell(row[name] or None, row[name], line, name) for name, item in names.items() if name in row
    }


def _below(parent: Record, table: str, row: Row, names: Mapping[str, str], line: int) -> None:
    cells = _cells(row, names, line)
    if any(cell.text for cell in cells.values()):
        parent.children.append(Record(table, cells, row=line))


def _add_row(person: Record, row: Row, line: int) -> None:
    if row.get("former"):
        person.children.append(
            Record("former_names", {"family_name": Cell(row["former"], row["former"], line, "")})
        )
    _below(person, "absences", row, ABSENCE, line)
    _below(person, "qualifications", row, QUALIFICATION, line)
    _below(person, "curriculum", row, CURRICULUM, line)
    contract = Record("contracts", _cells(row, CONTRACT, line), row=line)
    _below(contract, "payments", row, PAY, line)
    _below(contract, "hours", row, HOURS, line)
    for role in row.get("role", "").split():
        contract.children.append(Record("roles", {"role": Cell(role, role, line, "role")}, row=line))
    if contract.children or any(cell.text for cell in contract.values.values()):
        person.children.append(contract)


def extract_of(kind: SourceKind, text: str, *, name: str = "", school: str = "919/4001") -> Extract:
    """A source as a table says it."""
    file = SourceFile(Path(f"{name or kind}.csv"), f"{name or kind}.csv", name or kind, 1)
    extract = Extract(kind, name, file, "test mapping 1")
    people: dict[tuple[str, str], Record] = {}
    for line, row in enumerate(rows_of(text), start=2):
        who = row.get("school", school), row.get("ref", "") or f"line {line}"
        person = people.get(who)
        if person is None:
            person = people[who] = Record("members", _cells(row, MEMBER, line), row=line)
            reference = row.get("ref", "")
            extract.people.append(SourcePerson(who[0], reference, person))
        _add_row(person, row, line)
    return extract


def school(ref: str, **about: object) -> School:
    """A school of the test authority."""
    return School(ref, f"School {ref}", **about)  # type: ignore[arg-type]


def anyshire(
    *schools: School, year: int = 2013, owners: Mapping[str, tuple[SourceKind, ...]] | None = None
) -> Authority:
    """The test authority with these schools."""
    known = schools or (school("919/4001"),)
    return Authority(
        "Anyshire", "919", "school_workforce", year, Path(), {one.ref: one for one in known}, (),
        {**DEFAULT_OWNERS, **(owners or {})},
    )  # fmt: skip


def candidate(kind: SourceKind = "mis", **texts: str) -> Candidate:
    """One person as one source has them, from the columns of a table."""
    record = Record("members", _cells(texts, MEMBER, 2), row=2)
    extract = Extract(kind, kind, SourceFile(Path(f"{kind}.csv"), f"{kind}.csv", "", 1), "")
    return Candidate.of([account_of("919/4001", extract, texts.get("ref", ""), record)])


def identity(**texts: str) -> Identity:
    """The identity of a person from the columns of a table."""
    return identity_of(Record("members", _cells(texts, MEMBER, 2)))


def column(one: Return, table: str, item: str) -> list[str | None]:
    """The values of an item in a return, in order."""
    return one.tables[table].text[item]


def codes_of(linked: Linked) -> list[str]:
    """The codes of all notices."""
    return [notice.code for notice in linked.notices]
