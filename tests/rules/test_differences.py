"""Where Muster and another program answer differently: each row shown in the documents is asked of both engines.

docs/reference/differences/<collection>.toml ──► docs/reference/differences-from-peers.md
                    │
                    └──► DuckDB and the reference engine must say of the row what its last column says

MUSTER_WRITE_DOCS=1 writes the page.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

from muster.catalogue import load_collection
from muster.catalogue._source import pipe_table
from muster.catalogue.examples import Universe, universes
from muster.engines import Engine, place_and_key, start_engine
from muster.model import Collection, Rule
from tests.rules.conftest import plans
from tests.rules.differences_page import page

DOCS = Path(__file__).parents[2] / "docs" / "reference"
PAGE = DOCS / "differences-from-peers.md"
NAMES = ("children_in_need", "looked_after")
PEER_SAYS = {"fails", "ok", "stops with an error", "not asked", "depends on other rows", "flags another row"}


@dataclass(frozen=True)
class Difference:
    """One row, what it is held against, and what the other program says of it."""

    collection: Collection
    rule: Rule
    year: int
    peer: str
    why: str
    tables: dict[str, str]

    def world(self) -> Universe:
        """The rows as a small return; children of whom nothing is said but their records are there too."""
        tables = {**self._children(), **self.tables}
        (world,) = universes(replace(self.rule, examples=(tables,)), self.collection, self.year)
        return world

    def _children(self) -> dict[str, str]:
        named = {row.get("child_id", "") for text in self.tables.values() for row in pipe_table(text)} - {""}
        return {"children": "child_id\n" + "\n".join(sorted(named))} if named else {}


@cache
def document(name: str) -> dict[str, Any]:
    """The file of one collection."""
    return tomli.loads((DOCS / "differences" / f"{name}.toml").read_text("utf-8"))


@cache
def differences(name: str) -> tuple[Difference, ...]:
    """Every difference of a collection, in the order of the file."""
    collection = load_collection(name)
    rules = {(rule.id, year): rule for year in collection.years for rule in collection.rules_in(year)}
    return tuple(
        Difference(
            collection,
            rules[one["rule"], one["year"]],
            one["year"],
            one["peer"],
            one["why"],
            {table: text for table, text in one.items() if table in collection.tables},
        )
        for one in document(name)["difference"]
    )


def every() -> list[Difference]:
    """The differences of all collections."""
    return [one for name in NAMES for one in differences(name)]


@cache
def warm(collection: str, year: int, engine: str) -> Engine:
    """An engine that is asked one world after another."""
    return start_engine(engine, load_collection(collection), year, plan=plans(collection)[engine])


def failing(one: Difference, engine: str) -> set[tuple[int, int]]:
    """Which rows the rule fails, as an engine has it."""
    running = warm(one.collection.name, one.year, engine)
    running.load(one.world().returns)
    (answer,) = running.answers([running.rules[one.rule.id]])
    assert not answer.fault, answer.fault
    return {place_and_key(key) for key in answer.keys}


@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
@pytest.mark.parametrize("one", every(), ids=lambda one: f"{one.rule.id}-{one.peer}")
def test_a_row_gets_the_answer_that_is_printed(one: Difference, engine: str) -> None:
    expected = one.world().expected
    found = failing(one, engine)
    assert expected, "no row says ok or fails"
    assert {row: row in found for row in expected} == expected


@pytest.mark.parametrize("one", every(), ids=lambda one: f"{one.rule.id}-{one.peer}")
def test_the_other_program_answers_differently(one: Difference) -> None:
    assert one.peer in PEER_SAYS
    assert one.peer != ("fails" if any(one.world().expected.values()) else "ok")


def test_the_page_shows_every_difference() -> None:
    text = page({name: document(name) for name in NAMES}, {name: differences(name) for name in NAMES})
    if os.environ.get("MUSTER_WRITE_DOCS"):
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text, (
        "write it anew: MUSTER_WRITE_DOCS=1 pytest tests/rules/test_differences.py"
    )
