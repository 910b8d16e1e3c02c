"""The reference engine: SQLite with the portable functions in plain Python, obvious and independent.

It starts and answers at once, so that small runs use it too; it grows slower than DuckDB with the number of rows.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from muster.catalogue.plan import CompiledDerived, CompiledRule, Plan
from muster.engines import functions as portable
from muster.engines.base import Answer, EngineWithoutHolidays, Settings, number_literal, shifted
from muster.engines.holidays import holidays
from muster.model import Collection, Return

_TYPES = {"key": "INTEGER", "text": "TEXT", "line": "INTEGER", "whole": "REAL", "number": "REAL",
          "date": "TEXT", "datetime": "TEXT", "boolean": "INTEGER"}  # fmt: skip
_OWN_KEY = "INTEGER PRIMARY KEY"
_TYPING = {"whole": portable.as_whole, "number": portable.as_number, "date": portable.as_date,
           "datetime": portable.as_datetime, "boolean": portable.as_boolean}  # fmt: skip
_SAME_KEY = re.compile(r"\.(\w+_id) = \w+\.(\w+_id)\b")
_REMEMBERED = 100_000  # answers of each function; the same dates and codes come again and again


def _empty(value: None) -> None:
    return value


# Of a value with no adapter of its own sqlite3 asks each time whether it can adapt itself, which for an empty one takes
# longer than writing it.
sqlite3.register_adapter(type(None), _empty)


class SQLiteEngine(EngineWithoutHolidays):
    """Runs every rule alone, in the plainest way; the other engines are judged by it."""

    name = "sqlite"

    def __init__(self, collection: Collection, year: int, plan: Plan, settings: Settings | None = None):
        super().__init__(collection, year, plan, settings)
        self.connection = sqlite3.connect(":memory:")
        self._define(portable.functions())
        for table in collection.tables:
            columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind, _ in self.columns(table))
            # A row stands under its key, so that it is found by it in one step and without an index.
            columns = columns.replace(_TYPES["key"], _OWN_KEY, 1)
            self.connection.execute(f"CREATE TABLE {table} ({columns})")
        self.connection.execute(f"CREATE TABLE still_asked (person {_OWN_KEY})")
        for view in self.views:
            self.connection.execute(f"CREATE VIEW {view.name} AS {self.sql(view)}")

    def define_working_days(self) -> None:
        self._define(portable.working_day_functions(holidays()))

    def _define(self, functions: Mapping[str, tuple[int, Callable[..., portable.Value]]]) -> None:
        for name, (values, function) in functions.items():
            remembering = lru_cache(maxsize=_REMEMBERED, typed=True)(function)
            self.connection.create_function(name, values, remembering, deterministic=True)

    def load(self, returns: Sequence[Return]) -> None:
        self.pass_over(())
        self._known: dict[str, dict[str | None, object]] = {}
        self._named: set[object] = set()
        for table in self.collection.tables:
            self.connection.execute(f"DELETE FROM {table}")
            for place, one in enumerate(returns):
                self._fill(table, place, one)
            self._index(table, self.collection.key_columns(table)[1:])
        for derived in self.derived:
            self.connection.execute(f"DROP TABLE IF EXISTS {derived.name}")
            self._compute(derived)
            self._index(derived.name, [name for name in derived.columns if name != derived.key])

    def _compute(self, derived: CompiledDerived) -> None:
        """Fill a derived table; where it has a key, its rows stand under it, as those of other tables do."""
        if not derived.key:
            self.connection.execute(f"CREATE TABLE {derived.name} AS {self.sql(derived)}")
            return
        kinds = {name: _TYPES["key"] for name in derived.columns if name.endswith("_id")}
        kinds[derived.key] = _OWN_KEY
        columns = ", ".join(f"{name} {kinds.get(name, '')}" for name in derived.columns)
        self.connection.execute(f"CREATE TABLE {derived.name} ({columns})")
        self.connection.execute(f"INSERT INTO {derived.name} {self.sql(derived)}")

    @cached_property
    def _person_key(self) -> str:
        """The key of people, or '' in a collection that is about none."""
        people = self.collection.person
        return self.collection.tables[people].key if people else ""

    @cached_property
    def _compared(self) -> frozenset[str]:
        """The keys by which some rule or derived table looks for rows; those of a whole return find too many."""
        texts = [one.sql for one in self.rules.values()] + [one.sql for one in (*self.derived, *self.views)]
        pairs = _SAME_KEY.findall("\n".join(texts))
        return frozenset(name for pair in pairs for name in pair) - {"return_id"}

    def pass_over(self, people: Sequence[int]) -> None:
        super().pass_over(people)
        self.connection.execute("DELETE FROM still_asked")
        if people:
            # A row may name a person of whom there is no record, so the people are those whom any row names.
            others = self._named.difference(people, (None,))
            self.connection.executemany("INSERT INTO still_asked VALUES (?)", ((key,) for key in others))

    def keys_query(self, rule: CompiledRule) -> str:
        """As every engine; where people are passed over, the rows of the others are found by their index."""
        query, person = super().keys_query(rule), self._person_key
        belongs_to_people = person in self.collection.key_columns(rule.table)
        if not (self.passed_over and belongs_to_people and rule.kind == "row"):
            return query
        rows, _, question = query.partition(" WHERE ")
        theirs = f"this.{person} IN still_asked OR this.{person} IS NULL"
        return f"{rows} WHERE ({theirs}) AND ({question})"

    def answers(self, rules: Iterable[CompiledRule]) -> Iterator[Answer]:
        for rule in rules:
            yield self._answer(rule)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(self.filled(sql)).fetchall()

    def literal(self, value: object) -> str:
        if value is None:
            return "NULL"
        if isinstance(value, (int, float)):
            return number_literal(value)
        text = value.isoformat() if isinstance(value, date) else str(value)
        return "'" + text.replace("'", "''") + "'"

    def close(self) -> None:
        self.connection.close()

    def _index(self, table: str, columns: Iterable[str]) -> None:
        """Let rules find the rows of a person or contract without reading the whole table.

        Made after the first rows are in, which costs half of keeping it while they come, and only for what is compared.
        """
        for name in columns:
            if name in self._compared:
                self.connection.execute(f"CREATE INDEX IF NOT EXISTS {table}_{name} ON {table} ({name})")

    def _fill(self, table: str, place: int, one: Return) -> None:
        rows = one.tables.get(table)
        if not rows:
            return
        columns: list[Sequence[object]] = []
        for name, kind, item in self.columns(table):
            if kind == "key":
                columns.append(shifted(rows, name, place))
                if name == self._person_key:
                    self._named.update(columns[-1])
            elif item is None:
                columns.append(rows.lines)
            else:
                texts = rows.text[item.name]
                columns.append(self._typed(texts, kind) if kind in _TYPING else texts)
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", zip(*columns, strict=True))

    def _answer(self, rule: CompiledRule) -> Answer:
        sql = self.keys_query(rule)
        try:
            return Answer(rule, tuple(key for (key,) in self.connection.execute(sql).fetchall()))
        except sqlite3.Error as error:
            return Answer(rule, fault=str(error))

    def _typed(self, texts: Sequence[str | None], kind: str) -> list[object]:
        """Each text as its type has it, None where it is not one; a text that comes again is not read again."""
        known, typing = self._known.setdefault(kind, {None: None}), _TYPING[kind]
        known.update((text, typing(text)) for text in set(texts) if text not in known and text is not None)
        return [known[text] for text in texts]
