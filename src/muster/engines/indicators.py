"""Indicators over loaded returns: the numerator and denominator of each return, and the records behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from muster.catalogue.plan import CompiledIndicator
from muster.engines.base import Engine, place_and_key

# Engines add in different orders; what differs further right than this is no difference.
_DECIMALS = 6


@dataclass(frozen=True)
class Figure:
    """What one return contributes to an indicator; an indicator that is a plain count has no denominator."""

    numerator: float
    denominator: float | None


def figures(engine: Engine, indicator: CompiledIndicator) -> dict[int, Figure]:
    """The figure of each loaded return of which the indicator can be asked, by the place of the return."""
    return {place_and_key(one)[0]: figure for one, figure in figures_by_return(engine, indicator).items()}


def figures_by_return(engine: Engine, indicator: CompiledIndicator) -> dict[int, Figure]:
    """The figure of each return of which the indicator can be asked, by the key of the return in the engine."""
    excluded = _excluded(engine, indicator)
    above = _sums(engine, indicator.numerator)
    below = _sums(engine, indicator.denominator) if indicator.denominator else None
    loaded = sorted(row[0] for row in engine.ask("SELECT this.return_id FROM returns AS this"))
    return {
        one: Figure(above.get(one, 0.0), below.get(one, 0.0) if below is not None else None)
        for one in loaded
        if one not in excluded
    }


def records_behind(engine: Engine, indicator: CompiledIndicator) -> dict[int, tuple[int, ...]]:
    """The keys of the records of table ``indicator.record`` that add to the numerator, by place of their return."""
    excluded_places = {place_and_key(one)[0] for one in _excluded(engine, indicator)}
    found: dict[int, set[int]] = defaultdict(set)
    for (shifted_key,) in engine.ask(indicator.records):
        place, key = place_and_key(shifted_key)
        if place not in excluded_places:
            found[place].add(key)
    return {place: tuple(sorted(keys)) for place, keys in sorted(found.items())}


def _excluded(engine: Engine, indicator: CompiledIndicator) -> set[int]:
    """The returns of which the indicator cannot be asked."""
    return {row[0] for row in engine.ask(indicator.excluded)} if indicator.excluded else set()


def _sums(engine: Engine, sql: str) -> dict[int, float]:
    """The sum of each return that has rows; a sum of nothing is 0."""
    return {return_id: round(float(total or 0), _DECIMALS) for return_id, total in engine.ask(sql)}
