"""``muster performance forecast``: the pupils of years to come, and what births and planned homes change."""

from __future__ import annotations

import argparse

from muster.cli.console import Console
from muster.cli.performance.remarks import remark_json, show_remarks
from muster.model import MusterError
from muster.model.words import count_of
from muster.performance.forecast import Effects, with_effects
from muster.performance.forecast_tables import read_forecast_tables


def run(args: argparse.Namespace, console: Console) -> int:
    """Carry the rolls on; exit code 1 where a row had to be left out."""
    if args.years < 1:
        raise MusterError(f"--years {args.years} is no number of years to look ahead")
    held = read_forecast_tables(args.rolls, births=args.births, housing=args.housing, area=args.area)
    ahead = with_effects(held.history, held.groups, years=args.years, births=held.births, housing=held.homes)
    of = f" of {args.area}" if args.area else ""
    left_out = f"; {count_of(len(held.remarks), 'row')} left out" if held.remarks else ""
    console.say(
        f"{count_of(len(ahead), 'year')} ahead{of}, from {count_of(len(held.history), 'census', 'censuses')}{left_out}"
    )
    if not console.quiet:
        rows = [(str(one.year), *(f"{number:,}" for number in one.totals)) for one in ahead]
        console.table(("Year", "Carried on", "Births", "Homes", "Together"), rows)
    show_remarks(console, held.remarks)
    console.answer({
        "years": [_year_json(one) for one in ahead], "left_out": [remark_json(one) for one in held.remarks],
    })  # fmt: skip
    return 1 if held.remarks else 0


def _year_json(one: Effects) -> dict[str, object]:
    return {
        "year": one.year,
        **dict(zip(("carried_on", "births", "homes", "together"), one.totals, strict=True)),
        "groups": {
            group: {
                "carried_on": round(float(number), 3), "births": round(float(one.births[group]), 3),
                "homes": round(float(one.housing[group]), 3),
            }
            for group, number in one.survival.items()
        },
    }  # fmt: skip
