"""Formula funding: a sum shared out to schools, part of it in equal lumps and part by pupils, exact to the penny."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from muster.model import MusterError

PENCE = 100


@dataclass(frozen=True)
class FundedSchool:
    """A school that takes part, with its full-time equivalent pupils."""

    ref: str
    name: str
    phase: str
    pupils: Decimal


@dataclass(frozen=True)
class Share:
    """What a school is given, in pounds and pence."""

    school: FundedSchool
    amount: Decimal


@dataclass(frozen=True)
class PhaseTotal:
    """What the schools of a phase are given together and on average."""

    phase: str
    schools: int
    amount: Decimal

    @property
    def average(self) -> Decimal:
        """The mean amount of a school of the phase."""
        return self.amount / self.schools


def share_out(total: Decimal, schools: Sequence[FundedSchool], *, lump_percent: Decimal) -> tuple[Share, ...]:
    """Share a sum out: ``lump_percent`` of it equally, the rest by pupils.

    Every share is worked out exactly and cut to the penny; the pennies that are left go to the largest remainders, and
    between equal ones to the lower school number.  So the shares add up to the total, and nobody is off by a penny.
    """
    _check(total, schools, lump_percent)
    exact = _exact_pence(total, schools, lump_percent)
    pence = [int(one) for one in exact]
    left = int(total * PENCE) - sum(pence)
    by_remainder = sorted(range(len(exact)), key=lambda n: (pence[n] - exact[n], schools[n].ref))
    for place in by_remainder[:left]:
        pence[place] += 1
    return tuple(Share(school, Decimal(given) / PENCE) for school, given in zip(schools, pence, strict=True))


def _exact_pence(total: Decimal, schools: Sequence[FundedSchool], lump_percent: Decimal) -> list[Fraction]:
    pot, lump = Fraction(total) * PENCE, Fraction(lump_percent) / 100
    pupils = sum((Fraction(school.pupils) for school in schools), Fraction(0))
    equal = pot * lump / len(schools)
    by_pupils = pot * (1 - lump)
    return [equal + (by_pupils * Fraction(one.pupils) / pupils if by_pupils else 0) for one in schools]


def phase_totals(shares: Sequence[Share]) -> tuple[PhaseTotal, ...]:
    """The totals of each phase, by name."""
    held: dict[str, list[Decimal]] = defaultdict(list)
    for one in shares:
        held[one.school.phase].append(one.amount)
    return tuple(PhaseTotal(phase, len(held[phase]), sum(held[phase], Decimal(0))) for phase in sorted(held))


def _check(total: Decimal, schools: Sequence[FundedSchool], lump_percent: Decimal) -> None:
    if total < 0 or total != total.quantize(Decimal("0.01")):
        raise MusterError(f"the sum to share out is {total}; give it in pounds and whole pence, not below 0")
    if not 0 <= lump_percent <= 100:
        raise MusterError(f"the lump sums are {lump_percent}% of the whole; give a percentage from 0 to 100")
    if not schools:
        raise MusterError("there is no school to share the sum out to")
    if lump_percent < 100 and not any(school.pupils for school in schools):
        raise MusterError(
            "no school has pupils, so nothing can be shared out by pupils; use lump sums of 100%"
        )
