"""Every line of the boundary corpus has its stated answer on every engine, asked as a rule would ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from muster.engines import Engine
from tests.engine_names import QUICK_ENGINES
from tests.engines.corpus import PATH, Ask, Line, read_corpus
from tests.engines.samples import failing, sample_return, start

CORPUS = read_corpus()


@pytest.fixture(scope="module", params=QUICK_ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    started = start(request.param)
    yield started
    started.close()


@pytest.mark.parametrize("ask", CORPUS, ids=lambda ask: ask.expression)
def test_every_engine_gives_the_stated_answer(engine: Engine, ask: Ask) -> None:
    answer_item = f"answer_{ask.kind}"
    rows = [
        line.values if ask.kind == "boolean" else {**line.values, answer_item: line.answer}
        for line in ask.lines
    ]
    engine.load([sample_return(rows)])
    seen = (
        said_of_yes_and_no(engine, ask) if ask.kind == "boolean" else said_of_values(engine, ask, answer_item)
    )
    wrong = [
        f"{PATH.name}:{line.number}: {ask.expression} of {line.values} must be {line.answer}, {engine.name} says {said}"
        for line, said in zip(ask.lines, seen, strict=True)
        if said != line.answer
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def said_of_yes_and_no(engine: Engine, ask: Ask) -> list[str | None]:
    yes, no = failing(engine, ask.expression), failing(engine, f"not ({ask.expression})")
    return ["yes" if key in yes else "no" if key in no else None for key, _ in numbered(ask)]


def said_of_values(engine: Engine, ask: Ask, answer_item: str) -> list[str | None]:
    """The stated answer where it is the engine's too; otherwise that it is another."""
    unknown = failing(engine, f"({ask.expression}) is null")
    as_stated = failing(engine, f"({ask.expression}) = {answer_item}")
    return [
        None if key in unknown else line.answer if key in as_stated else "something else"
        for key, line in numbered(ask)
    ]


def numbered(ask: Ask) -> enumerate[Line]:
    return enumerate(ask.lines, start=1)


def test_the_corpus_holds_every_portable_function() -> None:
    from muster.catalogue._language import FUNCTIONS

    asked = " ".join(ask.expression for ask in CORPUS)
    assert {name for name in FUNCTIONS if f"{name}(" not in asked} == set()
