"""Every rule does to its examples what they say, in every year in force and on every engine.

'make test' asks DuckDB in the last year only; tests/engines compares it with the reference besides.
"""

from __future__ import annotations

import pytest

from muster.catalogue import load_collection
from muster.model import Rule
from tests.rules.conftest import EVERYTHING, versions, worlds_for


@pytest.mark.parametrize(("collection_name", "rule"), versions())
def test_a_rule_has_an_ok_and_a_fails_example(collection_name: str, rule: Rule) -> None:
    collection = load_collection(collection_name)
    year = rule.years.among(collection.years)[-1]
    verdicts = {
        fails for w in worlds_for(collection, rule, year, "sqlite") for fails in w.expected(rule).values()
    }
    assert verdicts == {True, False}, f"{rule.where}: rule {rule.id} needs both an ok and a fails example"


@pytest.mark.parametrize("engine_name", ["sqlite", "duckdb"])
@pytest.mark.parametrize(("collection_name", "rule"), versions())
def test_the_examples_of_a_rule_hold_in_every_year(
    collection_name: str, rule: Rule, engine_name: str
) -> None:
    collection = load_collection(collection_name)
    years = rule.years.among(collection.years)
    for year in years if EVERYTHING or engine_name == "sqlite" else years[-1:]:
        for worlds in worlds_for(collection, rule, year, engine_name):
            failing = worlds.failing(rule)
            wrong = [
                f"row {key} of world {place}: expected {'fails' if expected else 'ok'}"
                for (place, key), expected in worlds.expected(rule).items()
                if failing.get((place, key), False) != expected
            ]
            assert not wrong, f"{rule.where}: rule {rule.id} in {year}: {'; '.join(wrong)}"
