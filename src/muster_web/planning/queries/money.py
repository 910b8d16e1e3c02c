"""Formula funding on the rolls the service knows: what each school of an authority would be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from muster.performance import FundedSchool, phase_totals, share_out
from muster.performance.funding import PhaseTotal
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.schools.queries.rolls import SchoolRoll, maintained_schools, rolls_of


@dataclass(frozen=True)
class FundedLine:
    """What a school is given, by how many pupils, and what it would be given otherwise where that was asked."""

    roll: SchoolRoll
    phase: str
    amount: Decimal
    otherwise: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """What the school would gain, or lose where it is below 0."""
        return None if self.otherwise is None else self.otherwise - self.amount


@dataclass(frozen=True)
class Allocation:
    """A sum shared out: school by school, by phase, and the schools left out as nobody knows their roll."""

    lines: tuple[FundedLine, ...]
    phases: tuple[PhaseTotal, ...]
    left_out: tuple[Organisation, ...]

    @property
    def total(self) -> Decimal:
        """What is given in all."""
        return sum((one.amount for one in self.lines), Decimal(0))


def allocation(
    viewer: Viewer, authority: Organisation, total: Decimal, *, lump: Decimal, other: Decimal | None = None
) -> Allocation:
    """Share a sum out to the maintained schools of an authority, with ``lump`` % equally and the rest by pupils.

    ``other`` asks what would be with that percentage.  Raises MusterError for no sum or no percentage.
    """
    schools = list(maintained_schools(authority))
    rolls = rolls_of(viewer, schools)
    taking_part = [_funded(rolls[one.pk]) for one in schools if one.pk in rolls]
    shares = share_out(total, taking_part, lump_percent=lump)
    others: Mapping[str, Decimal] = {}
    if other is not None:
        others = {one.school.ref: one.amount for one in share_out(total, taking_part, lump_percent=other)}
    by_ref = {rolls[pk].school.ref: rolls[pk] for pk in rolls}
    lines = tuple(
        FundedLine(by_ref[one.school.ref], one.school.phase, one.amount, others.get(one.school.ref))
        for one in shares
    )
    left_out = tuple(one for one in schools if one.pk not in rolls)
    return Allocation(lines, phase_totals(shares), left_out)


def _funded(roll: SchoolRoll) -> FundedSchool:
    phase = roll.school.phase or "Phase not known"
    return FundedSchool(roll.school.ref, roll.school.name, phase, roll.full_time)
