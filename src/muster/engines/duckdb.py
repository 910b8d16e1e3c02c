"""The default engine: DuckDB in memory, one connection for a run or a warm worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib import resources
from typing import Any

import duckdb

from muster.catalogue.plan import CompiledDerived, CompiledRule, Plan
from muster.engines.base import Answer, EngineWithoutHolidays, Settings, number_literal, shifted
from muster.engines.holidays import holidays
from muster.model import Collection, Item, Return

_TYPES = {"key": "BIGINT", "text": "VARCHAR", "line": "INTEGER", "whole": "DOUBLE", "number": "DOUBLE",
          "date": "DATE", "datetime": "TIMESTAMP", "boolean": "BOOLEAN"}  # fmt: skip
_THROUGH_ARROW_FROM = 5_000


class DuckDBEngine(EngineWithoutHolidays):
    """Loads returns into typed tables and runs each table's row rules in one prepared statement.

    A second ``load`` reuses the tables and those statements, which is what makes a worker warm.  Any other
    statement is prepared when it comes a second time: most runs ask it once.
    """

    name = "duckdb"

    def __init__(
        self,
        collection: Collection,
        year: int,
        plan: Plan,
        settings: Settings | None = None,
        threads: int = 1,
    ):
        super().__init__(collection, year, plan, settings)
        self.connection = duckdb.connect(config={"threads": threads})
        self._statements: dict[str, str] = {}
        self._met: set[str] = set()
        self._computed: set[str] = set()
        self._define_functions()
        self._make_tables()

    def load(self, returns: Sequence[Return]) -> None:
        for table in self.collection.tables:
            self.connection.execute(f"DELETE FROM {table}")
            self._fill(table, returns)
        for derived in self.derived:
            self._refresh(derived)
        self._make_views()

    def answers(self, rules: Iterable[CompiledRule]) -> Iterator[Answer]:
        """Row rules of a table together where they ask only that table, all others one by one."""
        together: dict[str, list[CompiledRule]] = defaultdict(list)
        for rule in rules:
            if rule.asks_only_its_row:
                together[rule.table].append(rule)
            else:
                yield self._alone(rule)
        for table, row_rules in together.items():
            yield from self._row_rules(table, row_rules)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self._run(self.filled(sql))

    def literal(self, value: object) -> str:
        if value is None:
            return "NULL"
        if isinstance(value, date):
            return f"DATE '{value.isoformat()}'"
        if isinstance(value, (int, float)):
            return number_literal(value)
        return "'" + str(value).replace("'", "''") + "'"

    def close(self) -> None:
        self.connection.close()

    # -- tables ------------------------------------------------------------------------------------

    def _define_functions(self) -> None:
        here = resources.files("muster.engines")
        self.connection.execute((here / "duckdb_functions.sql").read_text(encoding="utf-8"))

    def define_working_days(self) -> None:
        known = holidays()
        text = (resources.files("muster.engines") / "duckdb_working_days.sql").read_text(encoding="utf-8")
        text = text.replace("$first", f"DATE '{known.first}'").replace("$last", f"DATE '{known.last}'")
        days = ", ".join(f"DATE '{day}'" for day in known.days)
        self.connection.execute(text.replace("SELECT unnest($holidays)", f"SELECT unnest([{days}])"))

    def _make_tables(self) -> None:
        for table in self.collection.tables:
            columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind, _ in self.columns(table))
            self.connection.execute(f"CREATE TABLE {table} ({columns})")

    def _fill(self, table: str, returns: Sequence[Return]) -> None:
        keys = self.collection.key_columns(table)
        items = self.collection.tables[table].items
        columns: list[list[object]] = [[] for _ in range(len(keys) + len(items) + 1)]
        for place, one in enumerate(returns):
            rows = one.tables.get(table)
            if rows is None or not len(rows):
                continue
            arrived: list[Sequence[object]] = [shifted(rows, key, place) for key in keys]
            arrived += [*(rows.text[item] for item in items), rows.lines]
            for column, values in zip(columns, arrived, strict=True):
                column.extend(values)
        if columns[0]:
            self._insert(table, [*keys, *items, "line"], columns)

    def _insert(self, table: str, names: list[str], columns: list[list[object]]) -> None:
        typed = ", ".join(typed_column(kind, item) for name, kind, item in self._filled(table))
        if len(columns[0]) >= _THROUGH_ARROW_FROM:
            self.connection.register("arrived", arrow_table(self.collection, table, names, columns))
            self.connection.execute(f"INSERT INTO {table} SELECT {typed} FROM arrived")
            self.connection.unregister("arrived")
            return
        unnested = ", ".join(f"unnest(${n}) AS {name}" for n, name in enumerate(names, start=1))
        self.connection.execute(f"INSERT INTO {table} SELECT {typed} FROM (SELECT {unnested})", columns)

    def _filled(self, table: str) -> list[tuple[str, str, Item | None]]:
        return [(name, name if item is None else kind, item) for name, kind, item in self.columns(table)]

    def _refresh(self, derived: CompiledDerived) -> None:
        """Compute a derived table; after the first time it is refilled, so that statements over it stay good."""
        if derived.name in self._computed:
            self.connection.execute(f"DELETE FROM {derived.name}")
            self.connection.execute(f"INSERT INTO {derived.name} {self.sql(derived)}")
            return
        self.connection.execute(f"CREATE TABLE {derived.name} AS {self.sql(derived)}")
        self._computed.add(derived.name)

    def _make_views(self) -> None:
        for view in self.views:
            if view.name not in self._computed:
                self.connection.execute(f"CREATE VIEW {view.name} AS {self.sql(view)}")
                self._computed.add(view.name)

    # -- rules -------------------------------------------------------------------------------------

    def _row_rules(self, table: str, rules: list[CompiledRule]) -> Iterator[Answer]:
        """All row rules of a table in one pass; if that cannot be planned, one by one to find the culprit."""
        try:
            rows = self._run(self._combined(table, rules), over_one_table=True)
        except duckdb.Error:
            yield from (self._alone(rule) for rule in rules)
            return
        keys: dict[int, list[int]] = defaultdict(list)
        for key, number in rows:
            keys[number].append(key)
        for number, rule in enumerate(rules):
            yield Answer(rule, tuple(keys.get(number, ())))

    def _combined(self, table: str, rules: list[CompiledRule]) -> str:
        cases = ", ".join(f"CASE WHEN {self.sql(rule)} THEN {n} END" for n, rule in enumerate(rules))
        key = self.collection.tables[table].key
        return (
            f"SELECT key, rule FROM (SELECT this.{key} AS key, unnest([{cases}]) AS rule FROM {table} AS this)"
            " WHERE rule IS NOT NULL"
        )

    def _alone(self, rule: CompiledRule) -> Answer:
        sql = self.keys_query(rule)
        try:
            rows = self._run(sql)
        except duckdb.Error as error:
            return Answer(rule, fault=first_line(error))
        return Answer(rule, tuple(row[0] for row in rows))

    def _run(self, sql: str, *, over_one_table: bool = False) -> list[tuple[Any, ...]]:
        """Run a statement; one over a single table has no join that an optimiser could better."""
        if over_one_table and sql not in self._statements:
            self.connection.execute("PRAGMA disable_optimizer")
            try:
                self._prepare(sql)
            finally:
                self.connection.execute("PRAGMA enable_optimizer")
        elif sql in self._met and sql not in self._statements:
            self._prepare(sql)
        self._met.add(sql)
        return self.connection.execute(self._statements.get(sql, sql)).fetchall()

    def _prepare(self, sql: str) -> None:
        name = f"p{len(self._statements)}"
        self.connection.execute(f"PREPARE {name} AS {sql}")
        self._statements[sql] = f"EXECUTE {name}"


def first_line(error: Exception) -> str:
    """What is wrong, without the place in the statement that DuckDB points at below."""
    return str(error).splitlines()[0]


def typed_column(kind: str, item: Item | None) -> str:
    """The expression that turns an arrived text column into a column of the engine's table."""
    if item is None:
        return kind
    return item.name if kind == "text" else f"m_{kind}({item.name})"


def arrow_table(collection: Collection, table: str, names: list[str], columns: list[list[object]]) -> object:
    """An Arrow table of arrived columns; above a few thousand rows this is the quickest way in."""
    import pyarrow as pa

    keys = set(collection.key_columns(table))
    kinds = [pa.int64() if n in keys else pa.int32() if n == "line" else pa.string() for n in names]
    return pa.table([pa.array(c, type=k) for c, k in zip(columns, kinds, strict=True)], names=names)
