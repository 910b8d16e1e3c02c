"""The organisations of the demo: the department, Anyshire with its schools, a trust and a supplier."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from muster_web.accounts.models import Access, Organisation

# What the register says of places; the schools of the demo have as many of a phase, and not as many pupils.
_PLACES = {"Nursery": "120", "Primary": "420", "Secondary": "1050"}


@dataclass(frozen=True)
class Place:
    """The organisations by what they are; ``schools`` by their number, in its order."""

    department: Organisation
    authority: Organisation
    trust: Organisation
    supplier: Organisation
    schools: dict[str, Organisation]

    @property
    def academies(self) -> list[Organisation]:
        """The schools that answer to no authority."""
        return [one for one in self.schools.values() if one.is_academy]


def make_place(schools_csv: Path) -> Place:
    """Make the organisations from the register of the demo's authority.

    They are written as they are, as an import of the official register would: nobody is there yet who could.
    """
    make = Organisation.objects.create
    department = make(kind="department", name="Department for Education (demo)")
    authority = make(kind="authority", name="Anyshire", la_code=_rows(schools_csv)[0]["LA"])
    trust = make(kind="trust", name="Harbour Learning Trust")
    supplier = make(kind="supplier", name="Example MIS Limited")
    schools = [_school(row, authority, trust) for row in _rows(schools_csv)]
    return Place(department, authority, trust, supplier, {one.ref: one for one in schools})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _school(row: dict[str, str], authority: Organisation, trust: Organisation) -> Organisation:
    academy = row["Academy"] == "yes"
    return Organisation.objects.create(
        kind="school", name=row["Name"], urn=row["URN"], la_code=row["LA"], estab=row["Estab"], phase=row["Phase"],
        type=row["Type"], is_academy=academy, authority=authority, trust=trust if academy else None,
        register={"SchoolCapacity": _PLACES.get(row["Phase"], "120")},
    )  # fmt: skip


def let_in(place: Place, school: Organisation) -> None:
    """One academy lets the authority help and its trust see, one school lets its supplier send; the others nobody."""
    first, *_ = place.academies
    given = (
        (first, place.authority, Access.Level.HELP), (first, place.trust, Access.Level.VIEW),
        (school, place.supplier, Access.Level.SEND),
    )  # fmt: skip
    for giver, receiver, level in given:
        Access.objects.create(giver=giver, receiver=receiver, level=level, reason="Agreed for the demo")
