"""The arithmetic of indicators: ratios of sums, totals to date, progress towards a target, direction of travel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from muster.performance.amounts import Amount
from muster.performance.measures import Aim, Measure, Value
from muster.performance.periods import Period

Travel = Literal["better", "worse", "level", "not known"]


@dataclass(frozen=True)
class Part:
    """What one school or team adds to a ratio: the two sums, never their quotient."""

    numerator: Decimal
    denominator: Decimal


def ratio_of_sums(parts: Iterable[Part], *, times: int = 100) -> Decimal | None:
    """The ratio of all parts together; None where there is nothing to divide by.

    Percentages of parts of different size have no meaningful mean, so there is no way to give them.
    """
    held = list(parts)
    below = sum((one.denominator for one in held), Decimal(0))
    if not below:
        return None
    return times * sum((one.numerator for one in held), Decimal(0)) / below


@dataclass(frozen=True)
class ToDate:
    """The value of a year up to a period, and the period's own; ``gaps`` are periods before it without a value."""

    total: Decimal | None
    own: Decimal | None
    gaps: tuple[Period, ...] = ()


def to_date(measure: Measure, upto: Period) -> ToDate:
    """A measure's value for the year up to a quarter or month, by the way its parts add."""
    parts = [_part(upto, number) for number in range(1, upto.part + 1)]
    held = {period: _number(measure, period) for period in parts}
    own = held[upto]
    if measure.adding == "latest":
        return ToDate(own, own)
    gaps = tuple(period for period, number in held.items() if number is None)
    total = None if gaps else sum((number for number in held.values() if number is not None), Decimal(0))
    return ToDate(total, own, gaps)


def _part(of: Period, number: int) -> Period:
    return Period(of.year, of.kind, number, of.of)


def _number(measure: Measure, period: Period) -> Decimal | None:
    found = measure.value("actual", period) or measure.value("provisional", period)
    return found.amount.number if found else None


def progress(value: Decimal, target: Amount, aim: Aim) -> Decimal | None:
    """The progress index: 1 where the target is met exactly, more where it is beaten.

    Higher is value over target, lower is target over value.  A value of 0 that is as low as can be beats any target,
    and nothing can be said of a target of 0 that is not met, or of an aim that has no direction.
    """
    low, high = target.low, target.high
    if low is None or high is None or aim.direction in ("equal", "band"):
        return None
    above, below = (value, low) if aim.direction == "higher" else (high, value)
    if below:
        return above / below
    return Decimal(1) if not aim.distance(value, target) else None


@dataclass(frozen=True)
class Travelled:
    """Where a measure went between two values, and why that cannot be said."""

    direction: Travel
    reason: str = ""


def travel(
    before: Value | None, after: Value | None, aim: Aim | None, *, tolerance: Decimal = Decimal(0)
) -> Travelled:
    """The direction of travel; within the tolerance it is level, and across a break of the series not known."""
    missing = _untold(before, after, aim)
    if missing or before is None or after is None or aim is None:
        return Travelled("not known", missing)
    old, new = before.amount.number, after.amount.number
    if old is None or new is None:
        return Travelled("not known", "one of the two values is missing or a range")
    gain = aim.gain(old, new)
    if abs(gain) <= tolerance:
        return Travelled("level")
    return Travelled("better" if gain > 0 else "worse")


def _untold(before: Value | None, after: Value | None, aim: Aim | None) -> str:
    if before is None or after is None:
        return "there is no earlier value to compare with"
    if aim is None:
        return "it is not known whether higher or lower is better"
    if after.break_note:
        return f"the series breaks here: {after.break_note}"
    return "values are wanted near a target, which is not a direction" if aim.direction == "equal" else ""


def short_and_long(
    measure: Measure, period: Period, *, tolerance: Decimal = Decimal(0)
) -> tuple[Travelled, Travelled]:
    """The direction since the period before, and since the same period a year ago."""
    now = measure.value("actual", period)
    earlier: Sequence[Value | None] = (
        measure.value("actual", period.before), measure.value("actual", period.year_before),
    )  # fmt: skip
    short, long = (travel(one, now, measure.aim, tolerance=tolerance) for one in earlier)
    return short, long
