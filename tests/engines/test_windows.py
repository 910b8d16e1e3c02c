"""Windows see the same rows in the same order on every engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from muster.catalogue.build import build, build_rule
from muster.engines import place_and_key, start_engine
from muster.model import EVERY_YEAR, Collection, Derived, Rule
from tests.engine_names import QUICK_ENGINES
from tests.engines.corpus import Ask, read_corpus
from tests.engines.samples import SAMPLES, YEAR, sample_return

CORPUS = read_corpus(Path(__file__).with_name("windows.toml"))


def asking(expression: str) -> Collection:
    """The samples with one derived table that holds the answer of an expression for each row."""
    columns = ("sample_id", "answer")
    sql = f"select s.sample_id, {expression} as answer from samples s"
    return replace(SAMPLES, derived=(Derived("asked", "Asked", columns, sql),))


def failing(collection: Collection, engine: str, ask: Ask, condition: str) -> set[int]:
    """The rows for which a condition on their answer holds."""
    text = f"exists (select 1 from asked a where a.sample_id = this.sample_id and {condition})"
    rule = Rule("Q", "Q", "", "samples", text, EVERY_YEAR)
    running = start_engine(engine, collection, YEAR, plan=build(collection)[engine])
    rows = [{**line.values, f"answer_{ask.kind}": line.answer} for line in ask.lines]
    running.load([sample_return(rows)])
    (answer,) = running.answers([build_rule(engine, collection, rule)])
    running.close()
    assert not answer.fault, answer.fault
    return {place_and_key(key)[1] for key in answer.keys}


@pytest.mark.parametrize("engine", QUICK_ENGINES)
@pytest.mark.parametrize("ask", CORPUS, ids=lambda ask: ask.expression)
def test_every_engine_gives_each_row_the_stated_answer(engine: str, ask: Ask) -> None:
    collection = asking(ask.expression)
    right = failing(collection, engine, ask, f"a.answer = this.answer_{ask.kind}")
    right |= failing(collection, engine, ask, f"a.answer is null and this.answer_{ask.kind} is null")
    wrong = [line.number for key, line in enumerate(ask.lines, start=1) if key not in right]
    assert not wrong, f"windows.toml, lines {wrong}: {engine} says otherwise of {ask.expression}"
