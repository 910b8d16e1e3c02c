"""The engines agree on every rule of the collection, whatever the returns hold."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from muster.catalogue import load_collection
from muster.model import Return
from muster.validate import check
from tests.engine_names import QUICK_ENGINES
from tests.engines.comparing import EXAMPLES, answered, engine_of
from tests.engines.random_returns import all_examples, drawn, returns_of

WORKFORCE = "school_workforce"
YEARS = (
    ("school_workforce", 2013),
    ("school_workforce", 2020),
    ("school_workforce", 2025),
    ("children_in_need", 2026),
    ("looked_after", 2026),
)
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.mark.parametrize(("collection", "year"), YEARS)
def test_every_rule_fails_the_same_rows_on_both_engines(collection: str, year: int) -> None:
    @BOUNDED
    @given(returns_of(collection, year))
    def agree(returns: list[Return]) -> None:
        duckdb, sqlite = answered("duckdb", returns), answered("sqlite", returns)
        note(drawn(returns))
        for rule in sqlite:
            assert duckdb[rule] == sqlite[rule], (
                f"rule {rule} in {year}: duckdb {duckdb[rule]}, sqlite {sqlite[rule]}"
            )
            assert not sqlite[rule][1], f"rule {rule} in {year} broke: {sqlite[rule][1]}"

    agree()


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


@pytest.mark.parametrize("name", ["duckdb", "sqlite"])
def test_the_order_of_the_rows_and_of_the_rules_makes_no_difference(name: str) -> None:
    @settings(BOUNDED, max_examples=max(1, EXAMPLES // 4))
    @given(returns_of(WORKFORCE, 2025), st.randoms(use_true_random=False))
    def the_same(returns: list[Return], chance: random.Random) -> None:
        expected = answered(name, returns)
        engine = engine_of(name, WORKFORCE, 2025)
        engine.load([shuffled(one, chance) for one in returns])
        rules = list(engine.rules.values())
        chance.shuffle(rules)
        seen = {a.rule.id: (sorted(a.keys), a.fault) for a in engine.answers(rules)}
        assert seen == expected

    the_same()


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
