"""Example worlds of all rules, run together: each world is returns of its own, so none disturbs another.

year 2013 ─ engine duckdb ─ world of 4400, world of 4410, ...   → failing rows of each rule
          └ engine sqlite ─ the same worlds                     → must be the same rows
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TypeVar

import pytest

from muster.catalogue import load_collection
from muster.catalogue.build import Built, try_build
from muster.catalogue.examples import Universe, universes
from muster.catalogue.plan import CompiledRule, Plan
from muster.engines import Engine, place_and_key, start_engine
from muster.model import Collection, Return, Rule
from tests.collection_names import COLLECTIONS

# 'make test-rules' sets it; without it DuckDB is asked in one year only, and one bend in four is tried.
EVERYTHING = os.environ.get("MUSTER_RULES") == "all"
_SAMPLED = 4
_T = TypeVar("_T")


def some_of(bends: Iterator[_T]) -> Iterator[_T]:
    """All bends, or every fourth of them."""
    return bends if EVERYTHING else islice(bends, 0, None, _SAMPLED)


@cache
def built(collection: str) -> Built:
    return try_build(load_collection(collection))


def plans(collection: str) -> dict[str, Plan]:
    return dict(built(collection).plans)


@dataclass
class Worlds:
    """All example worlds of one year in one engine, with the places each rule's worlds take."""

    engine: Engine
    places: dict[str, list[tuple[int, Universe]]] = field(default_factory=dict)

    def has(self, rule: Rule) -> bool:
        """Whether the rule could be built; test_build.py says why not."""
        return rule.id in self.engine.rules

    def failing(self, rule: Rule, compiled: CompiledRule | None = None) -> dict[tuple[int, int], bool]:
        """The rows of the rule's own worlds that fail, each by place and key."""
        assert self.has(rule), f"{rule.id} could not be built"
        (answer,) = self.engine.answers([compiled or self.engine.rules[rule.id]])
        assert not answer.fault, f"{rule.id} broke: {answer.fault}"
        return {place_and_key(key): True for key in answer.keys}

    def expected(self, rule: Rule) -> dict[tuple[int, int], bool]:
        return {
            (start + place, key): fails
            for start, universe in self.places.get(rule.id, [])
            for (place, key), fails in universe.expected.items()
        }


def start_worlds(collection: Collection, year: int, engine_name: str, rules: Iterable[Rule]) -> Worlds:
    worlds = Worlds(start_engine(engine_name, collection, year, plan=plans(collection.name)[engine_name]))
    returns: list[Return] = []
    for rule in rules:
        for universe in universes(rule, collection, year) if worlds.has(rule) else ():
            worlds.places.setdefault(rule.id, []).append((len(returns), universe))
            returns += universe.returns
    worlds.engine.load(returns)
    return worlds


@cache
def worlds_of(collection: str, year: int, engine_name: str) -> Worlds:
    """The worlds of every rule but those across returns, which need a run of their own."""
    loaded = load_collection(collection)
    rules = [r for r in loaded.rules_in(year) if r.examples and r.scope != "authority"]
    return start_worlds(loaded, year, engine_name, rules)


def worlds_for(collection: Collection, rule: Rule, year: int, engine_name: str) -> list[Worlds]:
    """Where to ask a rule: among all worlds of the year, or for scope authority in each world alone."""
    if rule.scope != "authority":
        return [worlds_of(collection.name, year, engine_name)]
    found = []
    for universe in universes(rule, collection, year):
        plan = plans(collection.name)[engine_name]
        alone = Worlds(start_engine(engine_name, collection, year, plan=plan))
        alone.places[rule.id] = [(0, universe)]
        alone.engine.load(universe.returns)
        found.append(alone)
    return found


def versions() -> list[pytest.param]:
    """Every version of every rule with examples, named for the test report."""
    return [
        pytest.param(name, rule, id=f"{name}:{rule.id}[{rule.years}]")
        for name in COLLECTIONS
        for rule in load_collection(name).rules
        if not rule.check
    ]
