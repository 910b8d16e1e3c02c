"""Rules over a folder of Parquet tables, as large as a country, without holding it in memory.

The folder has one sub-folder per table with the key columns as numbers and every item as text, as
``muster sample --register`` writes it.  Row rules read each table once; the rules that look across rows
work on typed tables with only the columns they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from muster.catalogue.plan import CompiledRule, Plan
from muster.engines.base import Settings
from muster.engines.duckdb import DuckDBEngine, typed_column
from muster.model import Collection, Return

_NAMED = re.compile(r"\.(\w+)")


@dataclass(frozen=True)
class RuleCount:
    """How often one rule failed in a national run, or why it broke."""

    rule_id: str
    findings: int
    fault: str = ""


class NationalEngine(DuckDBEngine):
    """Runs a plan over Parquet tables and leaves the failing keys as Parquet."""

    def __init__(
        self,
        collection: Collection,
        year: int,
        plan: Plan,
        folder: Path,
        *,
        settings: Settings | None = None,
        threads: int = 2,
    ):
        self.folder = folder
        super().__init__(collection, year, plan, settings, threads=threads)
        self.connection.execute("SET preserve_insertion_order = false")

    def load(self, returns: Sequence[Return]) -> None:  # noqa: ARG002 (what every engine takes)
        """A national run reads its folder; nothing can be loaded into it."""
        raise TypeError("a NationalEngine reads a folder of Parquet; start a DuckDBEngine to load returns")

    def row_tables(self) -> list[tuple[str, list[CompiledRule]]]:
        """The tables with the rules that ask nothing but their rows, in one pass each."""
        found = []
        for table in self._present():
            rules = [r for r in self.rules.values() if r.table == table and r.asks_only_its_row]
            if rules:
                found.append((table, rules))
        return found

    def set_rules(self) -> list[CompiledRule]:
        """The rules that look at other rows or tables."""
        alone = {rule.id for _, rules in self.row_tables() for rule in rules}
        return [
            rule for rule in self.rules.values() if rule.id not in alone and rule.table in self._present()
        ]

    def run_rows(self, table: str, rules: Sequence[CompiledRule], out: Path) -> list[RuleCount]:
        """Run the row rules of a table in one pass; failing keys go to ``out`` as Parquet."""
        predicates = [self.sql(rule) for rule in rules]
        cases = ", ".join(f"CASE WHEN {p} THEN '{r.id}' END" for p, r in zip(predicates, rules, strict=True))
        any_of = " OR ".join(f"({p})" for p in predicates)
        key = self.collection.tables[table].key
        sql = (
            f"SELECT rule, key, return_id FROM (SELECT this.{key} AS key, this.return_id AS return_id, "
            f"unnest([{cases}]) AS rule FROM ({self._typed(table)}) AS this WHERE {any_of}) "
            "WHERE rule IS NOT NULL"
        )
        return self._write(sql, out, rules)

    def prepare_sets(self) -> None:
        """Type the tables that the set rules and derived tables read, with only the columns they name."""
        queries = [*(self.sql(rule) for rule in self.set_rules()), *(self.sql(d) for d in self.derived)]
        named = {name for sql in queries for name in _NAMED.findall(sql)}
        for table in self.collection.tables:
            self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {self._typed(table, named)}")
        for derived in self.derived:
            self.connection.execute(f"CREATE OR REPLACE TABLE {derived.name} AS {self.sql(derived)}")

    def run_sets(self, rules: Sequence[CompiledRule], out: Path) -> list[RuleCount]:
        """Run set rules over the prepared tables; failing keys go to ``out`` as Parquet."""
        return self._write(" UNION ALL ".join(self._set_query(rule) for rule in rules), out, rules)

    def _set_query(self, rule: CompiledRule) -> str:
        about_return = self._by_id[rule.id].scope == "return"
        key = "return_id" if about_return else self.collection.tables[rule.table].key
        sql = self.sql(rule)
        if rule.kind == "row":
            sql = f"SELECT this.{key} FROM {rule.table} AS this WHERE {sql}"
        source = "returns" if about_return else rule.table
        return (
            f"SELECT '{rule.id}' AS rule, found.{key} AS key, s.return_id AS return_id "
            f"FROM ({sql}) AS found JOIN {source} AS s ON s.{key} = found.{key}"
        )

    def read_and_hash(self, table: str) -> None:
        """The floor of a pass: decode every column of a table and hash it."""
        columns = ", ".join(f"bit_xor(hash({name}))" for name in self._columns_of(table))
        self.connection.execute(f"SELECT {columns} FROM {self._files(table)}").fetchall()

    # -- private -----------------------------------------------------------------------------------

    def _make_tables(self) -> None:
        """Nothing is made until it is asked for."""

    def _present(self) -> Iterator[str]:
        return (table for table in self.collection.tables if any((self.folder / table).glob("*.parquet")))

    def _files(self, table: str) -> str:
        return f"read_parquet({_quoted(self.folder / table / '*.parquet')})"

    def _columns_of(self, table: str) -> list[str]:
        keys = self.collection.key_columns(table)
        return [*keys, *self.collection.tables[table].items]

    def _typed(self, table: str, only: set[str] | None = None) -> str:
        """A SELECT that types the text of a table; an absent table has no rows."""
        keys = set(self.collection.key_columns(table))
        columns = [
            f"{typed_column(name if item is None else kind, item)} AS {name}"
            for name, kind, item in self.columns(table)
            if name != "line" and (only is None or name in keys or name in only)
        ]
        if table in self._present():
            return f"SELECT {', '.join(columns)} FROM {self._files(table)}"
        kinds = {name: "BIGINT" if name in keys else "VARCHAR" for name in self._columns_of(table)}
        empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in kinds.items())
        return f"SELECT {', '.join(columns)} FROM (SELECT {empty}) WHERE false"

    def _write(self, sql: str, out: Path, rules: Sequence[CompiledRule]) -> list[RuleCount]:
        """Write the failing keys beside their place and move them there whole; a part that is there stands."""
        if not out.exists():
            partial = out.with_suffix(".partial")
            out.parent.mkdir(parents=True, exist_ok=True)
            try:
                self.connection.execute(f"COPY ({sql}) TO {_quoted(partial)} (FORMAT parquet)")
            except duckdb.Error as error:
                partial.unlink(missing_ok=True)
                return [RuleCount(rule.id, 0, str(error).splitlines()[0]) for rule in rules]
            partial.replace(out)
        query = f"SELECT rule, count(*) FROM read_parquet({_quoted(out)}) GROUP BY rule"
        counted = dict(self.connection.execute(query).fetchall())
        return [RuleCount(rule.id, counted.get(rule.id, 0)) for rule in rules]

    def write_counts(self, findings: Path, out: Path) -> None:
        """Write how often each rule failed in each authority, as CSV."""
        parts = _quoted(findings / "*.parquet")
        self.connection.execute(
            f"COPY (SELECT f.rule, r.lea, count(*) AS findings, count(DISTINCT f.return_id) AS returns "
            f"FROM read_parquet({parts}) f JOIN {self._files('returns')} r USING (return_id) "
            f"GROUP BY ALL ORDER BY f.rule, r.lea) TO {_quoted(out)} (HEADER)"
        )


def _quoted(path: Path) -> str:
    return "'" + path.as_posix().replace("'", "''") + "'"
