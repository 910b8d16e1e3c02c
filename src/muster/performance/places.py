"""Places in schools and who fills them: places left over, never set off against overfull schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from muster.model import MusterError
from muster.performance.amounts import read_amount
from muster.performance.arithmetic import Part
from muster.performance.measures import Remark
from muster.performance.tables import BadCell, Row, rows_of

# BVPI 34a and 34b, as an authority's plan of 2004 words them: a quarter of the places unfilled, and at least 30.
_MANY_SHARE, _MANY = Decimal("0.25"), 30
_NEEDED = ("school", "phase", "capacity", "pupils")


@dataclass(frozen=True)
class PlacesOfSchool:
    """A school with its places and its pupils."""

    ref: str
    phase: str
    capacity: int
    pupils: int

    @property
    def unfilled(self) -> int:
        """How many of its places are left; none where it has more pupils than places."""
        return max(0, self.capacity - self.pupils)

    @property
    def has_many_unfilled(self) -> bool:
        """Whether a quarter of its places or more are unfilled, and at least thirty."""
        return self.unfilled >= _MANY and self.unfilled >= _MANY_SHARE * self.capacity


@dataclass(frozen=True)
class PlacesOfPhase:
    """The two figures of a phase, each with its sums: places unfilled, and schools with many of them."""

    phase: str
    places: Part
    schools: Part


def places_by_phase(schools: Sequence[PlacesOfSchool]) -> tuple[PlacesOfPhase, ...]:
    """The figures of each phase, by name."""
    phases = sorted({one.phase for one in schools})
    return tuple(_of_phase(phase, [one for one in schools if one.phase == phase]) for phase in phases)


def _of_phase(phase: str, schools: Sequence[PlacesOfSchool]) -> PlacesOfPhase:
    unfilled, capacity = sum(one.unfilled for one in schools), sum(one.capacity for one in schools)
    many = sum(one.has_many_unfilled for one in schools)
    return PlacesOfPhase(
        phase, Part(Decimal(unfilled), Decimal(capacity)), Part(Decimal(many), Decimal(len(schools)))
    )


def read_places(path: Path) -> tuple[list[PlacesOfSchool], list[Remark]]:
    """The schools of a table with the columns school, phase, capacity and pupils, and a remark on each row left out."""
    schools: dict[str, PlacesOfSchool] = {}
    remarks: list[Remark] = []
    for row in rows_of(path, _NEEDED):
        try:
            one = _school(row)
            if one.ref in schools:
                raise BadCell(
                    Remark("school twice", row.place("school"), f"{one.ref} is in the list already")
                )
            schools[one.ref] = one
        except BadCell as bad:
            remarks.append(bad.remark)
    return list(schools.values()), remarks


def _school(row: Row) -> PlacesOfSchool:
    capacity = row.read("capacity", _count)
    if not capacity:
        raise BadCell(Remark("bad value", row.place("capacity"), "a school without places cannot be counted"))
    return PlacesOfSchool(row["school"], row["phase"], capacity, row.read("pupils", _count))


def _count(text: str) -> int:
    number = read_amount(text).number
    if number is None or number < 0 or number != int(number):
        raise MusterError(f"'{text}' is not a number of places or pupils")
    return int(number)
