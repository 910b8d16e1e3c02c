"""Every indicator gives the numerator and denominator its examples say, in every year in force and on every engine."""

from __future__ import annotations

from functools import cache

import pytest

from muster.catalogue import load_collection
from muster.catalogue.examples import indicator_worlds
from muster.engines import Engine, start_engine
from muster.engines.indicators import Figure, figures, records_behind
from muster.model import Indicator, Return
from tests.collection_names import COLLECTIONS
from tests.rules.conftest import plans

VERSIONS = [
    pytest.param(name, indicator, id=f"{indicator.name}[{indicator.years}]")
    for name in COLLECTIONS
    for indicator in load_collection(name).indicators
]


@cache
def worlds(collection: str, year: int, engine_name: str) -> tuple[Engine, dict[str, list[range]]]:
    """An engine with the example worlds of all indicators of a year, and the places each world takes."""
    loaded = load_collection(collection)
    returns: list[Return] = []
    places: dict[str, list[range]] = {}
    for indicator in loaded.indicators_in(year):
        for world in indicator_worlds(indicator, loaded, year):
            places.setdefault(indicator.name, []).append(range(len(returns), len(returns) + len(world)))
            returns += world
    engine = start_engine(engine_name, loaded, year, plan=plans(collection)[engine_name])
    engine.load(returns)
    return engine, places


def total(found: dict[int, Figure], places: range) -> tuple[float, float | None]:
    """The sums over the returns of one world."""
    here = [found[place] for place in places]
    below = (
        None if any(one.denominator is None for one in here) else sum(one.denominator or 0 for one in here)
    )
    return round(sum(one.numerator for one in here), 4), below


@pytest.mark.parametrize("engine_name", ["sqlite", "duckdb"])
@pytest.mark.parametrize(("collection_name", "indicator"), VERSIONS)
def test_the_examples_of_an_indicator_hold_in_every_year(
    collection_name: str, indicator: Indicator, engine_name: str
) -> None:
    for year in indicator.years.among(load_collection(collection_name).years):
        engine, places = worlds(collection_name, year, engine_name)
        found = figures(engine, engine.indicators[indicator.name])
        seen = [total(found, world) for world in places[indicator.name]]
        assert seen == [(one.numerator, one.denominator) for one in indicator.examples], (
            indicator.where,
            year,
        )


@pytest.mark.parametrize(("_collection_name", "indicator"), VERSIONS)
def test_an_indicator_has_an_example_with_something_and_one_with_nothing(
    _collection_name: str, indicator: Indicator
) -> None:
    below = [one.denominator if indicator.denominator else one.numerator for one in indicator.examples]
    assert 0 in below, f"{indicator.where}: no example in which there is nothing to divide by"
    assert any(below), f"{indicator.where}: no example with a figure"


@pytest.mark.parametrize("engine_name", ["sqlite", "duckdb"])
@pytest.mark.parametrize(("collection_name", "indicator"), VERSIONS)
def test_there_are_records_behind_every_numerator_that_is_not_nought(
    collection_name: str, indicator: Indicator, engine_name: str
) -> None:
    year = indicator.years.among(load_collection(collection_name).years)[-1]
    engine, _ = worlds(collection_name, year, engine_name)
    compiled = engine.indicators[indicator.name]
    behind = records_behind(engine, compiled)
    above = {
        place: figure.numerator for place, figure in figures(engine, compiled).items() if figure.numerator
    }
    assert set(behind) == set(above)
    if indicator.numerator.startswith("count"):
        assert {place: len(keys) for place, keys in behind.items()} == above
