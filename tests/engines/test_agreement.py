"""The engines agree on every rule of every collection, whatever the returns hold.

'make test' asks one year of each collection and one term of a census, 'make test-engines' more and all.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from muster.catalogue import load_collection
from muster.model import Return
from muster.validate import check
from tests.collection_names import COLLECTIONS, SAMPLED
from tests.engine_names import QUICK_ENGINES
from tests.engines.comparing import EVERYTHING, EXAMPLES, agree, answered, engine_of, latest
from tests.engines.random_returns import all_examples, batches

WORKFORCE = "school_workforce"
NOW = {name: latest(name) for name in (COLLECTIONS if EVERYTHING else SAMPLED)}
EARLIER = ((WORKFORCE, 2013), (WORKFORCE, 2020), ("looked_after", 2024), ("school_census_spring", 2014))
YEARS = (*NOW.items(), *(EARLIER if EVERYTHING else ()))


@pytest.mark.parametrize(("collection", "year"), YEARS)
def test_every_rule_fails_the_same_rows_on_both_engines(collection: str, year: int) -> None:
    for returns in batches(collection, year, EXAMPLES):
        agree("more random returns", returns, QUICK_ENGINES)


@pytest.mark.parametrize(("collection", "year"), YEARS)
def test_the_engines_agree_on_the_examples_of_all_rules_together(collection: str, year: int) -> None:
    """Each rule is asked of the examples of every other too, and all but those across returns find something."""
    returns = all_examples(collection, year)
    duckdb, sqlite = answered("duckdb", returns), answered("sqlite", returns)
    assert duckdb == sqlite
    rules = load_collection(collection).rules_in(year)
    alone = [rule.id for rule in rules if rule.examples and rule.scope != "authority"]
    assert [rule for rule in alone if not sqlite[rule][0]] == []


@pytest.mark.parametrize(("collection", "year"), YEARS)
def test_a_whole_check_is_the_same_to_the_last_word_on_both_engines(collection: str, year: int) -> None:
    returns = all_examples(collection, year)
    duckdb, sqlite = (
        check(load_collection(collection), year, returns, engine=engine_of(name, collection, year))
        for name in QUICK_ENGINES
    )
    assert duckdb == sqlite


@pytest.mark.parametrize(("collection", "year"), YEARS)
def test_the_key_of_a_derived_table_is_never_empty_and_never_the_same_in_two_rows(
    collection: str, year: int
) -> None:
    """Asked of DuckDB, which has no key on the table that could hide it."""
    engine = engine_of("duckdb", collection, year)
    engine.load(all_examples(collection, year))
    for table in engine.derived:
        if table.key:
            asked = f"SELECT count(*), count(DISTINCT {table.key}) FROM {table.name}"
            ((rows, keys),) = engine.ask(asked)
            assert rows == keys, table.name


@pytest.mark.parametrize("name", QUICK_ENGINES)
def test_the_order_of_the_rows_and_of_the_rules_makes_no_difference(name: str) -> None:
    chance = random.Random(2025)
    for returns in batches(WORKFORCE, 2025, max(1, EXAMPLES // 4)):
        expected = answered(name, returns)
        engine = engine_of(name, WORKFORCE, 2025)
        engine.load([shuffled(one, chance) for one in returns])
        rules = list(engine.rules.values())
        chance.shuffle(rules)
        seen = {a.rule.id: (sorted(a.keys), a.fault) for a in engine.answers(rules)}
        assert seen == expected, [rule for rule in expected if seen[rule] != expected[rule]]


def shuffled(one: Return, chance: random.Random) -> Return:
    """The return with the rows of each table in another order."""
    tables = {}
    for name, rows in one.tables.items():
        order = list(range(len(rows)))
        chance.shuffle(order)
        keys = {key: [column[n] for n in order] for key, column in rows.keys.items()}
        text = {item: [column[n] for n in order] for item, column in rows.text.items()}
        tables[name] = replace(rows, keys=keys, text=text, lines=[rows.lines[n] for n in order])
    return replace(one, tables=tables)
