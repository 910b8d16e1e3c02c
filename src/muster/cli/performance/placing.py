"""``muster performance places``: unfilled places by phase, and the schools that have many."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal

from muster.cli.console import Console
from muster.cli.performance.remarks import remark_json, show_remarks
from muster.model.words import count_of
from muster.performance import Part, ratio_of_sums
from muster.performance.places import PlacesOfPhase, PlacesOfSchool, places_by_phase, read_places


def run(args: argparse.Namespace, console: Console) -> int:
    """Count places; exit code 1 where a row had to be left out."""
    schools, remarks = read_places(args.schools)
    phases = places_by_phase(schools)
    many = [one for one in schools if one.has_many_unfilled]
    left_out = f", {count_of(len(remarks), 'row')} left out" if remarks else ""
    console.say(f"{count_of(len(schools), 'school')}{left_out}; {len(many)} with many places unfilled")
    if not console.quiet:
        _show(console, phases, many)
    show_remarks(console, remarks)
    console.answer({
        "phases": [_phase_json(one) for one in phases],
        "schools_with_many_unfilled": [one.ref for one in many],
        "left_out": [remark_json(one) for one in remarks],
    })  # fmt: skip
    return 1 if remarks else 0


def _show(console: Console, phases: Sequence[PlacesOfPhase], many: Sequence[PlacesOfSchool]) -> None:
    rows = [(one.phase, _share(one.places), _share(one.schools)) for one in phases]
    console.table(("Phase", "Places unfilled", "Schools with many unfilled (BVPI 34)"), rows)
    for one in many:
        console.detail(f"  {one.ref}: {one.unfilled} of {one.capacity} places unfilled")


def _share(part: Part) -> str:
    share = ratio_of_sums([part])
    return (
        "–" if share is None else f"{share.quantize(Decimal('0.1'))}% ({part.numerator}/{part.denominator})"
    )


def _phase_json(one: PlacesOfPhase) -> dict[str, object]:
    return {
        "phase": one.phase,
        "unfilled": int(one.places.numerator), "places": int(one.places.denominator),
        "schools_with_many_unfilled": int(one.schools.numerator), "schools": int(one.schools.denominator),
    }  # fmt: skip
