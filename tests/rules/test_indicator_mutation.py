"""Bent indicators are caught by their examples: at least 95 in 100, and the survivors are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from muster.catalogue import load_collection
from muster.catalogue.build import indicator_builder
from muster.catalogue.mutate import mutants
from muster.catalogue.plan import CompiledIndicator
from muster.engines.indicators import figures
from muster.model import EVERY_YEAR, CatalogueError, Collection, Indicator, Rule
from tests.collection_names import COLLECTIONS
from tests.rules.test_indicator_examples import total, worlds
from tests.rules.test_mutation import MUST_CATCH


def bent_ways(indicator: Indicator) -> Iterator[tuple[str, Indicator]]:
    """Every bent version of the numerator or the denominator, with the bend in words."""
    for part in ("numerator", "denominator"):
        text = getattr(indicator, part)
        rule = Rule(indicator.name, indicator.name, "", indicator.table, text, EVERY_YEAR)
        for bend, bent in mutants(rule) if text else ():
            yield f"{part}: {bend}", replace(indicator, **{part: bent.fails_when})


def is_caught(
    collection: Collection,
    indicator: Indicator,
    bent: Indicator,
    build: Callable[[Indicator], CompiledIndicator],
) -> bool:
    """Whether some example gives another figure, or the bent indicator cannot even be built."""
    engine, places = worlds(collection.name, indicator.years.among(collection.years)[-1], "sqlite")
    try:
        found = figures(engine, build(bent))
    except CatalogueError:
        return True
    seen = [total(found, world) for world in places[indicator.name]]
    return seen != [(one.numerator, one.denominator) for one in indicator.examples]


def test_at_least_95_in_100_bent_indicators_are_caught() -> None:
    for name in COLLECTIONS:
        collection = load_collection(name)
        build = indicator_builder("sqlite", collection)
        bends = [(one, bend, bent) for one in collection.indicators for bend, bent in bent_ways(one)]
        alive = [
            f"  {one.name} {bend}" for one, bend, bent in bends if not is_caught(collection, one, bent, build)
        ]
        share = 1 - len(alive) / max(len(bends), 1)
        print(
            f"\n{name}: {len(bends) - len(alive)} of {len(bends)} bent indicators caught ({share:.1%}); survivors:"
        )
        print("\n".join(alive))
        assert bool(bends) == bool(collection.indicators), "no indicator was bent"
        assert share >= MUST_CATCH
