"""Do targets make sense: easier than what was already reached, backwards, already met, or too big a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from muster.performance.measures import Aim, Measure, Remark, Value

# Ours: a target is a leap where it asks for more than three times what any year on record has moved, either way.
LEAP = 3


def sense_checks(measures: Sequence[Measure]) -> list[Remark]:
    """What is odd about the targets of measures, each with the place of the target."""
    return [remark for one in measures if one.aim for remark in _of(one, one.aim)]


def _of(measure: Measure, aim: Aim) -> Iterator[Remark]:
    if aim.direction in ("equal", "band"):
        return
    targets = measure.of("target")
    for check in (_easier, _backwards, _already_met, _leap):
        yield from check(measure, aim, targets)


def _easier(measure: Measure, aim: Aim, targets: Sequence[Value]) -> Iterator[Remark]:
    """A target that is easier than the last actual value before it; told once, at the first of them."""
    for target in targets:
        last = _last(measure, target, "actual")
        if last and (gain := _gain(aim, last, target)) is not None and gain < 0:
            told = f"target {target.amount.text} for {target.period} is easier than the last actual, "
            yield _remark(
                "target easier than actual", measure, target, f"{told}{last.amount.text} in {last.period}"
            )
            return


def _backwards(measure: Measure, aim: Aim, targets: Sequence[Value]) -> Iterator[Remark]:
    """A target that asks for less than the one of the year before."""
    for before, target in pairwise(targets):
        if (gain := _gain(aim, before, target)) is not None and gain < 0:
            told = f"target {target.amount.text} for {target.period} steps back from {before.amount.text}"
            yield _remark("target backwards", measure, target, f"{told} for {before.period}")


def _already_met(measure: Measure, aim: Aim, targets: Sequence[Value]) -> Iterator[Remark]:
    """A target that the forecast of an earlier or the same year meets already; told once, at the last of them."""
    met = [
        (target, forecast)
        for target in targets
        if (forecast := _last(measure, target, "forecast", same_year=True))
        and (gain := _gain(aim, forecast, target)) is not None
        and gain < 0
    ]
    if met:
        target, forecast = met[-1]
        told = f"target {target.amount.text} for {target.period} is already met by the forecast, "
        yield _remark(
            "target already met", measure, target, f"{told}{forecast.amount.text} for {forecast.period}"
        )


def _leap(measure: Measure, aim: Aim, targets: Sequence[Value]) -> Iterator[Remark]:
    """A step from the better of the last actual and target that is much larger than any the measure has made."""
    largest = _largest_move(measure, aim)
    if not largest:
        return
    for target in targets:
        gains = [
            gain
            for kind in ("target", "actual")
            if (start := _last(measure, target, kind)) and (gain := _gain(aim, start, target)) is not None
        ]
        if gains and min(gains) > LEAP * largest:
            told = f"target {target.amount.text} for {target.period} is a step of {min(gains)}"
            yield _remark(
                "target step too big", measure, target, f"{told}; no year has moved by more than {largest}"
            )


def _largest_move(measure: Measure, aim: Aim) -> Decimal:
    """The largest change from one actual value to the next, for better or worse."""
    actual = measure.of("actual")
    moves = [_gain(aim, a, b) for a, b in pairwise(actual)]
    return max((abs(move) for move in moves if move is not None), default=Decimal(0))


def _last(measure: Measure, target: Value, kind: str, *, same_year: bool = False) -> Value | None:
    """The last value of a kind before the period of a target, or at its end where the same year counts."""
    values = [one for one in measure.values if one.kind == kind and one.amount.low is not None]
    until = target.period.ends if same_year else target.period.starts
    earlier = [one for one in values if one.period.ends <= until]
    return max(earlier, key=lambda one: one.period.ends, default=None)


def _gain(aim: Aim, before: Value, after: Value) -> Decimal | None:
    """By how much one value is better than an earlier one; of ranges the easier ends count."""
    ends = [one.amount.low if aim.direction == "higher" else one.amount.high for one in (before, after)]
    return aim.gain(ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None


def _remark(about: str, measure: Measure, target: Value, told: str) -> Remark:
    return Remark(about, target.place, f"{measure.name}: {told}")
