"""Ask engines the same rules of the same returns; the first difference is brought down to the least that shows it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeVar

from muster.catalogue import CATALOGUE, load_collection
from muster.catalogue.plan import load_plan
from muster.engines import Engine, start_engine
from muster.model import Return, Rows
from tests.engines.random_returns import drawn
from tests.engines.tally import compared

EVERY_ENGINE = ("sqlite", "duckdb", "spark")
# 'make test-engines' sets it; without it Spark runs a fixed sample only.
EVERYTHING = "MUSTER_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("MUSTER_EXAMPLES", "25"))
_STRIDE = 8

Answered = dict[str, tuple[list[int], str]]
_T = TypeVar("_T")


@cache
def engine_of(name: str, collection: str, year: int, rules: tuple[str, ...] | None = None) -> Engine:
    """One engine for a year, loaded again for each example as a warm worker is; it derives what its rules read."""
    loaded = load_collection(collection)
    plan = load_plan(loaded, name, CATALOGUE)
    if rules is not None:
        plan = plan._replace(rules=tuple(rule for rule in plan.rules if rule.id in rules))
    return start_engine(name, loaded, year, plan=plan)


def some_of(whole: Sequence[_T]) -> Sequence[_T]:
    """All of something, or the fixed sample: every eighth."""
    return whole if EVERYTHING else whole[::_STRIDE]


def latest(collection: str) -> int:
    """The last year of a collection that was not made from the one before, or the last if all were."""
    facts = load_collection(collection).facts
    return max([year for year, about in facts.items() if not about.provisional] or facts)


def answered(name: str, returns: Sequence[Return], rules: Iterable[str] | None = None) -> Answered:
    """The failing keys of every rule, or of those named, or why it broke."""
    named = None if rules is None else tuple(rules)
    engine = engine_of(name, returns[0].collection, returns[0].year, named)
    engine.load(returns)
    return {a.rule.id: (sorted(a.keys), a.fault) for a in engine.answers(engine.rules.values())}


def agree(
    kind: str,
    returns: Sequence[Return],
    engines: Sequence[str] = EVERY_ENGINE,
    *,
    rules: Sequence[str] | None = None,
) -> Answered:
    """What the first engine answers, which the others must answer too, all of it and without a fault."""
    answers = {name: answered(name, returns, rules) for name in engines}
    first = answers[engines[0]]
    wrong = [rule for rule in first if any(said[rule] != (first[rule][0], "") for said in answers.values())]
    rows = sum(len(rows) for one in returns for rows in one.tables.values())
    found = sum(len(keys) for keys, _ in first.values())
    name = returns[0].collection
    compared(kind, name, engines, rules=first, rows=rows, found=found, wrong=len(wrong))
    assert not wrong, _shown(wrong, returns, answers)
    return first


def _shown(wrong: list[str], returns: Sequence[Return], answers: dict[str, Answered]) -> str:
    """The rules that differ, and of the first of them the smallest returns of which its answers still differ."""
    rule = wrong[0]

    def differ(some: list[Return]) -> bool:
        said = [answered(name, some, [rule])[rule] for name in answers] if some else []
        return any(one != (said[0][0], "") for one in said)

    least = smallest(list(returns), differ)
    said = {name: answered(name, least, [rule])[rule] for name in answers}
    return f"{', '.join(wrong)}: engines differ. The least for {rule} in {returns[0].year}: {said}\n{drawn(least)}"


def smallest(returns: list[Return], differ: Callable[[list[Return]], bool]) -> list[Return]:
    """The fewest returns with the fewest rows and values for which something still holds."""
    returns = fewest(returns, differ)
    rows = [
        (n, t, r) for n, one in enumerate(returns) for t, rows in one.tables.items() for r in range(len(rows))
    ]
    kept = set(fewest(rows, lambda some: differ(_with_rows(returns, set(some)))))
    returns = _with_rows(returns, kept)
    values = [
        (n, t, r, item)
        for n, one in enumerate(returns)
        for t, rows in one.tables.items()
        for item, texts in rows.text.items()
        for r, text in enumerate(texts)
        if text is not None
    ]
    return _with_values(returns, set(fewest(values, lambda some: differ(_with_values(returns, set(some))))))


def fewest(parts: list[_T], hold: Callable[[list[_T]], bool]) -> list[_T]:
    """The parts without every run of them that can be left out while something still holds."""
    size = len(parts)
    while size:
        start = 0
        while start < len(parts):
            without = parts[:start] + parts[start + size :]
            if hold(without):
                parts = without
            else:
                start += size
        size //= 2
    return parts


def _with_rows(returns: list[Return], kept: set[tuple[int, str, int]]) -> list[Return]:
    return [
        Return(one.collection, one.year, {
            table: _chosen(rows, [r for r in range(len(rows)) if (n, table, r) in kept])
            for table, rows in one.tables.items()
        })
        for n, one in enumerate(returns)
    ]  # fmt: skip


def _chosen(rows: Rows, places: list[int]) -> Rows:
    keys = {name: [column[r] for r in places] for name, column in rows.keys.items()}
    text = {name: [column[r] for r in places] for name, column in rows.text.items()}
    return Rows(rows.table, keys, text, [rows.lines[r] for r in places])


def _with_values(returns: list[Return], kept: set[tuple[int, str, int, str]]) -> list[Return]:
    return [
        Return(one.collection, one.year, {
            table: Rows(rows.table, rows.keys, {
                item: [text if (n, table, r, item) in kept else None for r, text in enumerate(texts)]
                for item, texts in rows.text.items()
            }, rows.lines)
            for table, rows in one.tables.items()
        })
        for n, one in enumerate(returns)
    ]  # fmt: skip
