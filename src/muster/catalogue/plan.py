"""The built plan of a collection: plain SQL per engine, so that a run needs no SQL parser.

``muster rules build`` writes one JSON file per engine beside the collection; a test keeps it current.
In the SQL, ``$name`` stands for a constant of the year and ``$codes_set`` for the codes in force;
the engine puts literals in their place.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from muster.model import CatalogueError, Collection, Years

ENGINES = ("duckdb", "sqlite", "spark")


class CompiledRule(NamedTuple):
    """One version of a rule for one engine.

    ``kind`` is ``row`` (``sql`` is a boolean over the alias ``this``) or ``set`` (``sql`` is a whole
    SELECT that gives the key of every failing row, or the return's key in scope return).
    """

    id: str
    years: str
    table: str
    kind: str
    sql: str
    items: tuple[str, ...]
    reads: tuple[str, ...]

    @property
    def asks_only_its_row(self) -> bool:
        """Whether the rule can be answered from one row alone, so that one pass answers many."""
        return self.kind == "row" and "SELECT " not in self.sql


class CompiledDerived(NamedTuple):
    """One version of a derived table for one engine; ``key`` is the column that tells its rows apart, or ''."""

    name: str
    years: str
    columns: tuple[str, ...]
    sql: str
    reads: tuple[str, ...]
    key: str


class CompiledIndicator(NamedTuple):
    """One version of an indicator for one engine.

    ``numerator`` and ``denominator`` ('' where there is none) give a sum for each return that has rows,
    ``excluded`` the returns that cannot be asked, ``records`` the keys of the records of table ``record`` behind
    the numerator.
    """

    name: str
    years: str
    numerator: str
    denominator: str
    excluded: str
    record: str
    records: str


class Plan(NamedTuple):
    """Everything one engine needs to run the rules and indicators of a collection in any year."""

    engine: str
    rules: tuple[CompiledRule, ...]
    derived: tuple[CompiledDerived, ...]
    indicators: tuple[CompiledIndicator, ...] = ()

    def rules_in(self, year: int) -> dict[str, CompiledRule]:
        """The compiled rules in force in a year, by rule id."""
        return {rule.id: rule for rule in self.rules if year in Years.parse(rule.years)}

    def derived_in(self, year: int) -> tuple[CompiledDerived, ...]:
        """The derived tables of a year, each after those it reads."""
        return tuple(table for table in self.derived if year in Years.parse(table.years))

    def indicators_in(self, year: int) -> dict[str, CompiledIndicator]:
        """The compiled indicators of a year, by name."""
        return {one.name: one for one in self.indicators if year in Years.parse(one.years)}

    def to_json(self) -> str:
        """The text kept in the repository: one rule a line, so that a change is readable as a diff."""
        lines = [
            '{"engine": ' + json.dumps(self.engine) + ",",
            '"derived": [\n' + ",\n".join(json.dumps(d._asdict()) for d in self.derived) + "\n],",
            '"indicators": [\n' + ",\n".join(json.dumps(i._asdict()) for i in self.indicators) + "\n],",
            '"rules": [\n' + ",\n".join(json.dumps(r._asdict()) for r in self.rules) + "\n]}",
        ]
        return "\n".join(lines) + "\n"


def plan_path(collection: Collection, engine: str, catalogue: Path) -> Path:
    """Where the plan of a collection for one engine is kept."""
    return catalogue / collection.folder / "plan" / f"{engine}.json"


def load_plan(collection: Collection, engine: str, catalogue: Path) -> Plan:
    """Read a built plan.  Raises CatalogueError where it was never built."""
    path = plan_path(collection, engine, catalogue)
    if not path.exists():
        raise CatalogueError(f"{path.name}:1: no plan for {collection.name}; run 'muster rules build'")
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        return Plan(
            data["engine"],
            tuple(CompiledRule(**_tuples(rule)) for rule in data["rules"]),
            tuple(CompiledDerived(**_tuples(table)) for table in data["derived"]),
            tuple(CompiledIndicator(**indicator) for indicator in data["indicators"]),
        )
    except (KeyError, TypeError):
        name = f"{path.name}:1: the plan of {collection.name}"
        raise CatalogueError(f"{name} is of another version of Muster; run 'muster rules build'") from None


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
