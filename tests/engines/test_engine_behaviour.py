"""What every engine does around the rules: faults, settings, loading again, many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from muster.catalogue.build import build_rule
from muster.catalogue.plan import CompiledRule, Plan
from muster.engines import Engine, Settings, place_and_key, start_engine
from muster.model import Collection, MusterError, Rule
from tests.engine_names import QUICK_ENGINES
from tests.engines.comparing import EVERY_ENGINE, EVERYTHING
from tests.engines.samples import SAMPLES, YEAR, compiled, failing, sample_return, sample_rule, start

Starter = Callable[..., Engine]


@pytest.fixture(params=EVERY_ENGINE if EVERYTHING else QUICK_ENGINES)
def started(request: pytest.FixtureRequest) -> Iterator[Starter]:
    """Start engines of one kind; they are closed after the test."""
    if request.param == "spark":
        request.getfixturevalue("spark_is_here")
    running: list[Engine] = []

    def begin(settings: Settings | None = None) -> Engine:
        running.append(start(request.param, settings))
        return running[-1]

    yield begin
    for engine in running:
        engine.close()


def broken(kind: str = "row") -> CompiledRule:
    """A rule whose SQL asks a column that is not there."""
    sql = "this.no_such_item = 1" if kind == "row" else "SELECT this.no_such_item FROM samples AS this"
    return CompiledRule(f"broken_{kind}", "", "samples", kind, sql, (), ("samples",))


def with_rule(rule: Rule) -> Collection:
    return replace(SAMPLES, rules=(rule,))


@pytest.mark.parametrize("kind", ["row", "set"])
def test_a_rule_that_breaks_says_so_and_stops_no_other(started: Starter, kind: str) -> None:
    engine = started()
    engine.load([sample_return([{"t1": "a"}, {"t1": "b"}])])
    before, after = compiled(engine.name, "t1 = 'a'"), compiled(engine.name, "t1 = 'b'")
    answers = {a.rule.id: a for a in engine.answers([before, broken(kind), after])}
    assert answers[before.id].keys == (1,)
    assert answers[after.id].keys == (2,)
    assert answers[f"broken_{kind}"].keys == ()
    assert "no_such_item" in answers[f"broken_{kind}"].fault


def test_a_rule_that_broke_breaks_again_and_the_others_answer_still(started: Starter) -> None:
    engine = started()
    rule = compiled(engine.name, "t1 = 'a'")
    for text, keys in (("a", (1,)), ("b", ())):
        engine.load([sample_return([{"t1": text}])])
        answers = {a.rule.id: a for a in engine.answers([broken(), rule])}
        assert answers[rule.id].keys == keys
        assert answers["broken_row"].fault


def test_loading_again_replaces_what_was_there(started: Starter) -> None:
    engine = started()
    engine.load([sample_return([{"w1": "1"}, {"w1": "2"}]), sample_return([{"w1": "3"}])])
    assert len(failing(engine, "w1 > 0")) == 3
    engine.load([sample_return([{"w1": "7"}])])
    assert failing(engine, "w1 > 0") == {1}
    assert failing(engine, "exists (select 1 from samples s where s.w1 < 7)") == set()


def test_a_run_of_nothing_has_no_failing_rows(started: Starter) -> None:
    engine = started()
    for returns in ([], [sample_return([])]):
        engine.load(returns)
        assert failing(engine, "t1 is null") == set()
    engine.load([sample_return([{}])])
    assert failing(engine, "t1 is null") == {1}


def test_keys_tell_the_return_and_the_record(started: Starter) -> None:
    engine = started()
    engine.load([sample_return([{"t1": "a"}], first_key=5), sample_return([{}, {"t1": "a"}], first_key=5)])
    assert {place_and_key(key) for key in failing(engine, "t1 = 'a'")} == {(0, 5), (1, 6)}


def test_a_constant_of_the_run_stands_in_place_of_that_of_the_year(started: Starter) -> None:
    rows = [sample_return([{"x1": "8"}, {"x1": "9"}])]
    for settings, keys in ((None, {1, 2}), (Settings({"rate": 8.5}), {2}), (Settings({"rate": 9}), set())):
        engine = started(settings)
        engine.load(rows)
        assert failing(engine, "x1 > $rate") == keys


def test_a_constant_with_an_apostrophe_is_a_text_and_nothing_else(started: Starter) -> None:
    engine = started(Settings({"apostrophe": "'); DROP TABLE samples; --"}))
    engine.load([sample_return([{"t1": "'); DROP TABLE samples; --"}, {"t1": "O'Brien"}])])
    assert failing(engine, "t1 = $apostrophe") == {1}
    assert failing(engine, "t1 = 'O''Brien'") == {2}


@pytest.mark.parametrize(("set_to", "keys"), [(None, {2, 3}), (10, {3}), (20.5, set())])
@pytest.mark.parametrize("name", QUICK_ENGINES)
def test_the_tolerance_of_a_rule_can_be_set(name: str, set_to: float | None, keys: set[int]) -> None:
    rule = sample_rule("abs(x1 - x2) > $tolerance", tolerance=1.5)
    settings = Settings(tolerances={} if set_to is None else {rule.id: set_to})
    engine = start_engine(name, with_rule(rule), YEAR, plan=Plan(name, (), ()), settings=settings)
    rows = [{"x1": "5", "x2": "3.5"}, {"x1": "5", "x2": "3"}, {"x1": "5", "x2": "25"}]
    engine.load([sample_return(rows)])
    (answer,) = engine.answers([build_rule(name, SAMPLES, rule)])
    engine.close()
    assert set(answer.keys) == keys


def test_many_rows_give_the_answers_of_a_few(started: Starter) -> None:
    """Above 5,000 rows DuckDB takes them in as Arrow; the text is typed alike either way."""
    few = [{"d1": d, "x1": x, "b1": b, "t1": t} for d, x, b, t in MIXED]
    engine = started()
    for times in (1, 2000):
        engine.load([sample_return(few * times)])
        for predicate, expected in ASKED.items():
            keys = failing(engine, predicate)
            assert keys == {key + n * len(few) for n in range(times) for key in expected}, (predicate, times)


MIXED = [
    ("2012-02-29", "12.5", "true", "Zoë"), ("2013-02-30", "1e5", "maybe", ""), (None, None, None, None),
]  # fmt: skip
ASKED = {
    "d1 = date '2012-02-29'": {1}, "d1 is null": {2, 3}, "d1_text is null": {3}, "x1 = 12.5": {1},
    "x1 is null": {2, 3}, "b1 = true": {1}, "b1_text = 'maybe'": {2}, "t1 = 'Zoë'": {1}, "length(t1) = 0": {2},
}  # fmt: skip


def test_an_unknown_engine_or_year_is_refused_in_words() -> None:
    with pytest.raises(MusterError, match="no engine 'oracle'; choose one of"):
        start_engine("oracle", SAMPLES, YEAR)
    with pytest.raises(MusterError, match="not for 1999"):
        start_engine("duckdb", SAMPLES, 1999)
