"""Spark gives the answers of DuckDB and of the reference.

'make test' asks a fixed sample: every eighth expression of the boundary corpus, and of the latest year of each
collection every eighth rule, on the examples of all.  'make test-engines' asks the whole corpus, every rule of every
version, and test_spark_on_data.py.
A query costs Spark tenths of a second, so many are put into one; and each rule costs it some planning.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from muster.catalogue import load_collection
from tests.collection_names import COLLECTIONS, SAMPLED
from tests.engines.comparing import EVERY_ENGINE, EVERYTHING, agree, latest, some_of
from tests.engines.corpus import read_corpus
from tests.engines.random_returns import all_examples
from tests.engines.stated import Put, wrong_answers
from tests.engines.tally import compared

pytestmark = pytest.mark.usefixtures("spark_is_here")


def years_of_all_versions(name: str) -> list[int]:
    """Years in which between them every version of every rule is in force; in the fixed sample the latest only."""
    collection = load_collection(name)
    years = [latest(name)]
    missing = [rule.years for rule in collection.rules if latest(name) not in rule.years]
    while missing and EVERYTHING:
        in_force = Counter(year for years_of_one in missing for year in years_of_one.among(collection.years))
        years.append(max(in_force, key=lambda year: in_force[year]))
        missing = [one for one in missing if years[-1] not in one]
    return years


OF_ALL_VERSIONS = [
    (name, year) for name in (COLLECTIONS if EVERYTHING else SAMPLED) for year in years_of_all_versions(name)
]


# -- the boundary corpus ---------------------------------------------------------------------------------


def stated(what: str, loads: list[list[Put]]) -> None:
    """Every engine gives the stated answers; what is in one list is loaded together."""
    wrong = [said for engine in EVERY_ENGINE for puts in loads for said in wrong_answers(engine, puts)]
    asks = [put.ask for puts in loads for put in puts]
    rows = sum(len(ask.lines) for ask in asks)
    expressions = [ask.expression for ask in asks]
    compared("boundary", what, EVERY_ENGINE, rules=expressions, rows=rows, found=rows, wrong=len(wrong))
    assert not wrong, "\n".join(wrong)


def test_every_engine_gives_the_stated_answers_of_the_boundary_corpus() -> None:
    """What looks at other rows is loaded alone, so that it sees the rows of no other."""
    together, alone = [], []
    for ask in some_of(read_corpus()):
        (alone if "exists" in ask.expression else together).append(ask)
    stated("rule language", [
        [Put.plainly(ask, place) for place, ask in enumerate(together)], *([Put.plainly(ask, 0)] for ask in alone)
    ])  # fmt: skip


def test_every_engine_gives_the_stated_answers_of_the_windows() -> None:
    asks = some_of(read_corpus(Path(__file__).with_name("windows.toml")))
    stated("windows", [[Put.of_table(ask, place) for place, ask in enumerate(asks)]])


# -- the rules of every collection -----------------------------------------------------------------------


@pytest.mark.parametrize(("collection", "year"), OF_ALL_VERSIONS)
def test_the_engines_agree_on_the_examples_of_every_rule(collection: str, year: int) -> None:
    rules = some_of(load_collection(collection).rules_in(year))
    answers = agree("examples", all_examples(collection, year), rules=[rule.id for rule in rules])
    alone = [rule.id for rule in rules if rule.examples and rule.scope != "authority"]
    assert [rule for rule in alone if not answers[rule][0]] == [], "each of these has an example that fails"
