"""The engine for data beyond one machine: Spark, which takes the same plan in a dialect of its own.

A query costs Spark some tenths of a second before it reads a row, so rules are asked many at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from muster.catalogue.plan import CompiledRule, Plan
from muster.engines.base import Answer, EngineWithoutHolidays, Settings, number_literal, shifted
from muster.engines.duckdb import typed_column
from muster.engines.spark_session import LOCAL, define_working_days, errors, fault_of, new_session
from muster.model import Collection, Return

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ROW_RULES_AT_ONCE = 64
_SET_RULES_AT_ONCE = 16
_SMALL = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.leafNodeDefaultParallelism": "1",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.join.preferSortMergeJoin": "false",
}


class SparkBase(EngineWithoutHolidays):
    """What the engines over loaded returns and over folders of tables share: a session and its dialect."""

    name = "spark"

    def __init__(
        self,
        collection: Collection,
        year: int,
        plan: Plan,
        *,
        settings: Settings | None = None,
        master: str = LOCAL,
        memory: str = "2GB",
    ):
        super().__init__(collection, year, plan, settings)
        self.session = new_session(master, memory)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(self.filled(sql)).collect()]

    def define_working_days(self) -> None:
        define_working_days(self.session)

    def literal(self, value: object) -> str:
        if value is None:
            return "NULL"
        if isinstance(value, date):
            return f"DATE '{value.isoformat()}'"
        if isinstance(value, (int, float)):
            return number_literal(value)
        return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"

    def close(self) -> None:
        """Forget the tables; Spark itself stays for the next engine of this process."""
        self.session.catalog.clearCache()

    def expect_few_rows(self) -> None:
        """Interpret queries instead of compiling them, which takes longer than reading a few rows."""
        for name, value in _SMALL.items():
            self.session.conf.set(name, value)

    def typed(self, table: str, source: str, *, only: set[str] | None = None) -> DataFrame:
        """The rows of ``source``, all text but the keys, with each item typed; of ``only`` these columns."""
        keys = set(self.collection.key_columns(table))
        columns = [
            f"{typed_column(name if item is None else kind, item)} AS {name}"
            for name, kind, item in self.columns(table)
            if only is None or name in keys or name in only
        ]
        return self.session.sql(f"SELECT {', '.join(columns)} FROM {source}")

    def row_query(self, table: str, rules: Sequence[CompiledRule], *, more: str = "") -> str:
        """One pass over a table: the key of each row that fails a rule, once for each rule it fails."""
        cases = ", ".join(f"CASE WHEN {self.sql(rule)} THEN '{rule.id}' END" for rule in rules)
        key = self.collection.tables[table].key
        # Within explode itself Spark takes none of the functions of the rule language.
        return (
            "SELECT *, explode(rules) AS rule FROM "
            f"(SELECT this.{key} AS key{more}, array_compact(array({cases})) AS rules FROM {table} AS this)"
        )

    # -- rules -------------------------------------------------------------------------------------

    def answers(self, rules: Iterable[CompiledRule]) -> Iterator[Answer]:
        """Row rules of a table together where they ask only that table, the others some at a time."""
        together: dict[str, list[CompiledRule]] = defaultdict(list)
        others: list[CompiledRule] = []
        for rule in rules:
            (together[rule.table] if rule.asks_only_its_row else others).append(rule)
        for table, row_rules in together.items():
            for chunk in in_chunks(row_rules, ROW_RULES_AT_ONCE):
                yield from self._row_rules(table, chunk)
        for chunk in in_chunks(others, _SET_RULES_AT_ONCE):
            yield from self._set_rules(chunk)

    def _row_rules(self, table: str, rules: Sequence[CompiledRule]) -> Iterator[Answer]:
        query = self.row_query(table, rules)
        return self._asked(rules, lambda: self._rows(f"SELECT key, rule FROM ({query})"))

    def _set_rules(self, rules: Sequence[CompiledRule]) -> Iterator[Answer]:
        queries = (f"SELECT key, '{r.id}' AS rule FROM ({self.keys_query(r)}) AS q(key)" for r in rules)
        return self._asked(rules, lambda: self._rows(" UNION ALL ".join(queries)))

    def _rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        return self.session.sql(sql).collect()

    def _asked(
        self, rules: Sequence[CompiledRule], ask: Callable[[], Iterable[tuple[Any, ...]]]
    ) -> Iterator[Answer]:
        """An answer to each rule from failing keys with their rule; if that breaks, one by one to find the culprit."""
        keys: dict[str, list[int]] = defaultdict(list)
        try:
            for key, rule_id in ask():
                keys[rule_id].append(key)
        except errors() as error:
            if len(rules) == 1:
                yield Answer(rules[0], fault=fault_of(error))
            else:
                for rule in rules:
                    yield from self._set_rules([rule])
            return
        yield from (Answer(rule, tuple(keys[rule.id])) for rule in rules)


class SparkEngine(SparkBase):
    """Loads returns as tables in memory; for tests and samples, as DuckDB is quicker with what one machine holds."""

    def __init__(self, collection: Collection, year: int, plan: Plan, *, settings: Settings | None = None):
        super().__init__(collection, year, plan, settings=settings)
        self.expect_few_rows()

    def load(self, returns: Sequence[Return]) -> None:
        for table in self.collection.tables:
            self.session.createDataFrame(self._arrived(table, returns)).createOrReplaceTempView("arrived")
            self._hold(table, self.typed(table, "arrived"))
        for derived in self.derived:
            self._hold(derived.name, self.session.sql(self.sql(derived)))
        for view in self.views:
            self.session.sql(self.sql(view)).createOrReplaceTempView(view.name)

    def _arrived(self, table: str, returns: Sequence[Return]) -> Any:
        """The rows of all returns as text, in Arrow."""
        import pyarrow as pa

        keys = self.collection.key_columns(table)
        items = self.collection.tables[table].items
        columns: dict[str, list[object]] = {name: [] for name in (*keys, *items, "line")}
        for place, one in enumerate(returns):
            rows = one.tables.get(table)
            if rows is None:
                continue
            for name, column in columns.items():
                column.extend(
                    shifted(rows, name, place) if name in keys
                    else rows.lines if name == "line" else rows.text[name]
                )  # fmt: skip
        kinds = {**dict.fromkeys(keys, pa.int64()), "line": pa.int32()}
        return pa.table({n: pa.array(c, type=kinds.get(n, pa.string())) for n, c in columns.items()})

    def _hold(self, name: str, rows: DataFrame) -> None:
        """Work the rows out and keep them under a name."""
        self.session.createDataFrame(rows.toArrow(), rows.schema).createOrReplaceTempView(name)


def in_chunks(rules: Sequence[CompiledRule], size: int) -> Iterator[Sequence[CompiledRule]]:
    """The rules so many at a time."""
    return (rules[start : start + size] for start in range(0, len(rules), size))
