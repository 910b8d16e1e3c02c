"""What every engine does: take returns as text, type them, run a plan, say which rows fail."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from muster.catalogue.plan import CompiledDerived, CompiledRule, Plan
from muster.model import Collection, Item, Return, Rows, Rule

KEY_SHIFT = 32
_TOKEN = re.compile(r"\$(\w+)")
_COUNTS_WORKING_DAYS = re.compile(r"\bm_(add_)?working_days(_between)?\(", re.IGNORECASE)


class Answer(NamedTuple):
    """What one rule said: the keys of the failing rows, or the reason it broke."""

    rule: CompiledRule
    keys: tuple[int, ...] = ()
    fault: str = ""


@dataclass
class Settings:
    """What a run may change without a new catalogue: constants of the year and tolerances of rules."""

    constants: Mapping[str, object] = field(default_factory=dict)
    tolerances: Mapping[str, float] = field(default_factory=dict)


class Engine(ABC):
    """One run of one collection year; keys in answers are those of the return, shifted by its place.

    Key k of the n-th loaded return (from 0) is ``n << 32 | k``, so keys are unique over the run.  Derived tables
    that rules read are computed on loading; the others are views, which cost nothing until they are asked.
    """

    name: str

    def __init__(self, collection: Collection, year: int, plan: Plan, settings: Settings | None = None):
        self.collection = collection
        self.year = year
        self.settings = settings or Settings()
        self._by_id = {rule.id: rule for rule in collection.rules_in(year)}
        planned = plan.rules_in(year)
        self.rules = {name: rule for name, rule in planned.items() if name in self._by_id}
        self.indicators = plan.indicators_in(year)
        self.derived, self.views = _held_and_asked(plan.derived_in(year), self.rules.values())
        self.passed_over: Sequence[int] = ()
        self._constants = {**collection.facts[year].constants, **self.settings.constants}

    @abstractmethod
    def load(self, returns: Sequence[Return]) -> None:
        """Hold these returns and no others."""

    @abstractmethod
    def answers(self, rules: Iterable[CompiledRule]) -> Iterator[Answer]:
        """Run the rules over what is loaded; one answer each, in any order."""

    def pass_over(self, people: Sequence[int]) -> None:
        """Say, by their keys in the run, whose rows no answer is wanted of; answers may still have some of them.

        It holds until it is called again, or other returns are loaded.
        """
        self.passed_over = people

    @abstractmethod
    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT of the plan over what is loaded."""

    @abstractmethod
    def literal(self, value: object) -> str:
        """A constant as this engine writes it."""

    @abstractmethod
    def close(self) -> None:
        """Give back what the engine holds."""

    def sql(self, compiled: CompiledRule | CompiledDerived) -> str:
        """The SQL of a rule or derived table with the constants and codes of the year in place."""
        rule = self._by_id.get(compiled.id) if isinstance(compiled, CompiledRule) else None
        return self.filled(compiled.sql, rule)

    def keys_query(self, rule: CompiledRule) -> str:
        """The statement that gives the keys of the rows a rule fails."""
        sql = self.sql(rule)
        if rule.kind != "row":
            return sql
        return f"SELECT this.{self.collection.tables[rule.table].key} FROM {rule.table} AS this WHERE {sql}"

    def filled(self, text: str, rule: Rule | None = None) -> str:
        """SQL of the plan with the constants and codes of the year in place."""
        return _TOKEN.sub(lambda found: self._token(found.group(1), rule), text)

    def _token(self, name: str, rule: Rule | None) -> str:
        if name == "tolerance" and rule is not None:
            return self.literal(self.settings.tolerances.get(rule.id, rule.tolerance))
        if name.startswith("codes_"):
            codes = self.collection.code_sets[name.removeprefix("codes_")].in_force(self.year)
            return ", ".join(self.literal(code) for code in codes) or "NULL"
        return self.literal(self._constants.get(name))

    def missing_constant(self, compiled: CompiledRule) -> str:
        """The first ``$name`` of a rule that has no value in this year, or ''."""
        for name in _TOKEN.findall(compiled.sql):
            if name != "tolerance" and not name.startswith("codes_") and self._constants.get(name) is None:
                return f"${name}"
        return ""

    def constants_used(self, compiled: CompiledRule) -> frozenset[str]:
        """The names of the constants a rule uses, itself or through the derived tables it reads."""
        by_name = {derived.name: derived for derived in self.derived}
        found = set(_TOKEN.findall(compiled.sql))
        pending = list(compiled.reads)
        while pending:
            derived = by_name.get(pending.pop())
            if derived:
                found.update(_TOKEN.findall(derived.sql))
                pending += derived.reads
        return frozenset(name for name in found if name in self._constants)

    def columns(self, table: str) -> list[tuple[str, str, Item | None]]:
        """The columns of a table: name, kind (key, text, a typed kind or line) and the item behind it."""
        found: list[tuple[str, str, Item | None]] = [
            (key, "key", None) for key in self.collection.key_columns(table)
        ]
        for item in self.collection.tables[table].items.values():
            found.append((item.name, item.type, item))
            if item.type != "text":
                found.append((f"{item.name}_text", "text", item))
        return [*found, ("line", "line", None)]


class EngineWithoutHolidays(Engine):
    """An engine that has to be told the working days, which is done when a text first counts them: few do."""

    _knows_working_days = False

    @abstractmethod
    def define_working_days(self) -> None:
        """Number the working days for which bank holidays are known, and define the functions over them."""

    def filled(self, text: str, rule: Rule | None = None) -> str:
        """As every engine; before the first text that counts working days they are defined."""
        if not self._knows_working_days and _COUNTS_WORKING_DAYS.search(text):
            self.define_working_days()
            self._knows_working_days = True
        return super().filled(text, rule)


def _held_and_asked(
    derived: Sequence[CompiledDerived], rules: Iterable[CompiledRule]
) -> tuple[tuple[CompiledDerived, ...], tuple[CompiledDerived, ...]]:
    """The derived tables that some rule reads, itself or through another, and the others; both in order."""
    read = {name for rule in rules for name in rule.reads}
    for table in reversed(derived):
        if table.name in read:
            read.update(table.reads)
    held = tuple(table for table in derived if table.name in read)
    return held, tuple(table for table in derived if table.name not in read)


def number_literal(value: float) -> str:
    """A number as SQL; with an exponent where it has a point, so that every engine takes it for binary."""
    text = repr(value)
    return text if isinstance(value, int) or "e" in text else f"{text}e0"


def shifted(rows: Rows, key: str, place: int) -> list[int | None]:
    """A key column as it stands in the run, for the return in this place."""
    if place == 0:
        return rows.keys[key]
    shift = place << KEY_SHIFT
    return [None if value is None else shift | value for value in rows.keys[key]]


def shifted_key(place: int, key: int) -> int:
    """A key as it stands in the run, for the return in this place."""
    return place << KEY_SHIFT | key


def place_and_key(shifted: int) -> tuple[int, int]:
    """The place of the return in the run and the key within it."""
    return shifted >> KEY_SHIFT, shifted & ((1 << KEY_SHIFT) - 1)
