"""Do the lights of a review agree with the figures beside them, by the scheme of two lights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muster.performance.lights import Light, two_light
from muster.performance.measure_tables import MeasureRow
from muster.performance.measures import Remark


def lights_against_figures(rows: Sequence[MeasureRow]) -> Iterator[Remark]:
    """A remark on each red or green light that the last figure and its target do not give."""
    for row in rows:
        if row.light in (Light.RED, Light.GREEN):
            yield from _differing(row)


def _differing(row: MeasureRow) -> Iterator[Remark]:
    measure = row.measure
    actual, target = measure.of("actual")[-1:], measure.of("target")[-1:]
    if not (actual and target and measure.aim):
        return
    [last], [wanted] = actual, target
    if last.amount.number is None or wanted.amount.low is None:
        return
    by_rule = two_light(last.amount.number, wanted.amount, measure.aim)
    if by_rule.light is not row.light:
        told = f"{measure.name}: the light is {row.light}, but {last.amount.text} in {last.period} against the target "
        of_a_part = last.period.kind != wanted.period.kind
        told += f"{wanted.amount.text} for {wanted.period} gives {by_rule.light}"
        hint = "; give the figure of the whole year if the target is of a year" if of_a_part else ""
        yield Remark("light differs", last.place, told + hint)
