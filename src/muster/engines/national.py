"""Rules over a folder of Parquet tables, as large as a country, without holding it in memory.

The folder has one sub-folder per table with the key columns as numbers and every item as text, as
``muster sample`` writes it.  Row rules of a table are one query; the rules that look across rows work on typed
tables with only the columns they name, which go to disk where they do not fit into memory.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from muster.catalogue.plan import CompiledDerived, CompiledIndicator, CompiledRule, Plan
from muster.engines.base import Settings
from muster.engines.duckdb import DuckDBEngine, first_line, typed_column
from muster.engines.memory import limit_of_database
from muster.engines.tables import NAMED_COLUMN, Alike, Found, Held, PartFound, Room, TablesEngine, together
from muster.model import Collection, MusterError

_ASKED_AT_ONCE = 16
_WORD = re.compile(r"\w+")


class NationalEngine(TablesEngine, DuckDBEngine):
    """Runs a plan over Parquet tables and leaves the failing keys as Parquet."""

    def __init__(
        self,
        collection: Collection,
        year: int,
        plan: Plan,
        folder: Path,
        *,
        settings: Settings | None = None,
        room: Room = Room(),  # noqa: B008 (it cannot change)
    ):
        self.folder = folder
        self._planned = plan.derived_in(year)
        super().__init__(collection, year, plan, settings, threads=os.cpu_count() or 1)
        self.connection.execute("SET preserve_insertion_order = false")
        self.connection.execute(f"SET memory_limit = '{limit_of_database(room.memory)}'")
        self._memory = room.memory
        if room.spill:
            self.connection.execute(f"SET temp_directory = {_quoted(room.spill)}")

    # -- what the tables hold ----------------------------------------------------------------------

    @cached_property
    def present(self) -> Mapping[str, frozenset[str]]:
        """The columns of each table that is there."""
        found = {}
        for table in self.collection.tables:
            if any((self.folder / table).glob("*.parquet")):
                with _told(f"the table {table} in {self.folder} cannot be read"):
                    described = self._all(f"DESCRIBE SELECT * FROM {self._files(table)}")
                found[table] = frozenset(row[0] for row in described)
        return found

    def alike(self, items: Sequence[str]) -> list[Alike]:
        """The returns, those together that have the same values of these items."""
        held = [name for name in items if name in self.present["returns"]]
        kind = f"dense_rank() OVER (ORDER BY {', '.join(held)})" if held else "1"
        lea = "coalesce(lea, '')" if "lea" in self.present["returns"] else "''"
        with _told(f"the returns in {self.folder} cannot be read in {self._memory} of memory"):
            self.connection.execute(
                f"CREATE OR REPLACE TABLE return_refs AS SELECT return_id, {lea} AS authority, {kind} - 1 AS kind"
                f"{''.join(f', {name}' for name in held)} FROM {self._files('returns')}"
            )
        query = "SELECT kind, authority, count(*) {} FROM return_refs GROUP BY ALL ORDER BY kind, authority"
        found: dict[int, Alike] = {}
        for number, authority, count, *values in self._all(query.format("".join(f", {n}" for n in held))):
            header = dict(zip(held, values, strict=True))
            found.setdefault(number, Alike(header, {})).authorities[authority] = count
        return list(found.values())

    def people(self) -> int:
        """How many people there are in all."""
        table = self.collection.person
        if table not in self.present:
            return 0
        return int(self._all(f"SELECT count(*) FROM {self._files(table)}")[0][0])

    # -- who is not asked --------------------------------------------------------------------------

    def leave_out(self, kinds: Mapping[str, Iterable[int]]) -> None:
        """Do not ask a rule of returns of some kinds, numbered as ``alike`` gave them."""
        rows = [(rule, kind) for rule, numbers in kinds.items() for kind in numbers]
        self.connection.execute("CREATE OR REPLACE TABLE not_asked (rule VARCHAR, kind BIGINT)")
        if rows:
            self.connection.executemany("INSERT INTO not_asked VALUES (?, ?)", rows)

    def hold_back(self, findings: Sequence[Path]) -> Held:
        """Hold back, from rules that ask less, the people whom these files of findings are about."""
        source = f"read_parquet([{', '.join(map(_quoted, findings))}])" if findings else "held WHERE false"
        with _told(f"the findings of the first stage cannot be read in {self._memory} of memory"):
            self.connection.execute("CREATE TABLE IF NOT EXISTS held (person BIGINT)")
            self.connection.execute(
                "CREATE OR REPLACE TABLE held AS "
                f"SELECT DISTINCT person FROM (SELECT person FROM {source}) WHERE person IS NOT NULL"
            )
        people, digest = self._all("SELECT count(*), coalesce(bit_xor(hash(person)), 0) FROM held")[0]
        return Held(people, f"{people}:{digest}")

    # -- parts -------------------------------------------------------------------------------------

    def run_rows(self, table: str, rules: Sequence[CompiledRule], out: Path, *, less: bool) -> PartFound:
        """Run the row rules of a table in one query; if that cannot be planned, one by one to find the culprit."""
        try:
            return self._leave(self._row_query(table, rules), table, out, less=less)
        except duckdb.Error as error:
            if len(rules) == 1:
                return PartFound((), {rules[0].id: first_line(error)})
        return together(self.run_rows(table, [rule], out, less=less) for rule in rules)

    def _row_query(self, table: str, rules: Sequence[CompiledRule]) -> str:
        """Rules about the same columns a few at a time, so that each few read and type only what they name."""
        asked = sorted(((self.sql(rule), rule.id) for rule in rules), key=lambda one: sorted(_named(one[0])))
        few = (asked[n : n + _ASKED_AT_ONCE] for n in range(0, len(asked), _ASKED_AT_ONCE))
        return " UNION ALL ".join(self._few_query(table, chunk) for chunk in few)

    def _few_query(self, table: str, asked: Sequence[tuple[str, str]]) -> str:
        cases = ", ".join(f"CASE WHEN {predicate} THEN '{rule}' END" for predicate, rule in asked)
        any_of = " OR ".join(f"({predicate})" for predicate, _ in asked)
        keys = f"this.{self.collection.tables[table].key} AS key, this.return_id AS return_id, {self.person_of(table)}"
        return (
            f"SELECT rule, key, return_id, person FROM (SELECT {keys}, unnest([{cases}]) AS rule "
            f"FROM ({self._typed(table, _named(any_of))}) AS this WHERE {any_of}) WHERE rule IS NOT NULL"
        )

    def prepare_sets(self, rules: Sequence[CompiledRule]) -> None:
        """Type the tables that set rules and derived tables read, with only the columns they name."""
        self._make(self.collection.tables, [self.sql(rule) for rule in rules], self.derived)

    def prepare_figures(self, indicators: Iterable[CompiledIndicator]) -> None:
        """Type the tables that these indicators read, and compute the derived tables among them."""
        asked = ((one.numerator, one.denominator, one.excluded, one.records) for one in indicators)
        queries = [self.filled(text) for texts in asked for text in texts if text]
        read = {"returns", *(name for sql in queries for name in _WORD.findall(sql))}
        needed: list[CompiledDerived] = []
        for table in reversed(self._planned):
            if table.name in read:
                needed.insert(0, table)
                read.update(table.reads)
        self._make([table for table in self.collection.tables if table in read], queries, needed)

    def returns_named(self) -> list[tuple[int, str | None, str | None]]:
        """The key of each return with its authority and establishment number, as far as the returns have them."""
        shown = (name if name in self.present["returns"] else "NULL" for name in ("lea", "estab"))
        return self._all(
            f"SELECT return_id, {', '.join(shown)} FROM {self._files('returns')} ORDER BY return_id"
        )

    def figure_records(self, indicator: CompiledIndicator, items: Sequence[str]) -> list[tuple[Any, ...]]:
        """The return, line and items, as they were given, of each record behind a numerator, in their order."""
        table, key = indicator.record, self.collection.tables[indicator.record].key
        shown = "".join(f", t.{name}" if name in self.present[table] else ", NULL" for name in items)
        left_out = (
            f" AND t.return_id NOT IN ({self.filled(indicator.excluded)})" if indicator.excluded else ""
        )
        return self._all(
            f"SELECT t.return_id, t.line{shown} FROM {self._files(table)} AS t "
            f"WHERE t.{key} IN ({self.filled(indicator.records)}){left_out} ORDER BY t.return_id, t.{key}"
        )

    def _make(self, tables: Iterable[str], queries: list[str], derived: Sequence[CompiledDerived]) -> None:
        """Make tables with the columns that queries over them and derived tables name, then the derived tables."""
        named = {name for sql in [*queries, *(self.sql(one) for one in derived)] for name in _named(sql)}
        makings = {table: self._typed(table, named) for table in tables}
        makings |= {one.name: self.sql(one) for one in derived}
        for table, sql in makings.items():
            with _told(f"the table {table} cannot be made ready in {self._memory} of memory (see --memory)"):
                self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {sql}")

    def run_set(self, rule: CompiledRule, out: Path, *, less: bool) -> PartFound:
        """Run one set rule over the prepared tables."""
        about_return = self._by_id[rule.id].scope == "return"
        table = "returns" if about_return else rule.table
        try:
            return self._leave(self.set_query(rule, table), table, out, less=less)
        except duckdb.Error as error:
            return PartFound((), {rule.id: first_line(error)})

    def read_and_hash(self, table: str) -> None:
        """The floor of a pass: decode every column of a table and hash it."""
        columns = ", ".join(f"bit_xor(hash({name}))" for name in sorted(self.present[table]))
        self.connection.execute(f"SELECT {columns} FROM {self._files(table)}").fetchall()

    # -- private -----------------------------------------------------------------------------------

    def _make_tables(self) -> None:
        """Nothing is made until it is asked for."""

    def _all(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def _files(self, table: str) -> str:
        return f"read_parquet({_quoted(self.folder / table / '*.parquet')})"

    def _typed(self, table: str, only: set[str] | None = None) -> str:
        """A SELECT that types the text of a table; a column that is not there is empty, a table has no rows."""
        keys = self.collection.key_columns(table)
        columns = [
            f"{typed_column(name if item is None else kind, item)} AS {name}"
            for name, kind, item in self.columns(table)
            if name != "line" and (only is None or name in keys or name in only)
        ]
        lacking = dict.fromkeys(keys, "BIGINT") | dict.fromkeys(
            self.collection.tables[table].items, "VARCHAR"
        )
        here = self.present.get(table, frozenset())
        empty = "".join(f", NULL::{kind} AS {name}" for name, kind in lacking.items() if name not in here)
        source = self._files(table) if table in self.present else "(SELECT 1 WHERE false)"
        return f"SELECT {', '.join(columns)} FROM (SELECT *{empty} FROM {source})"

    def _leave(self, sql: str, table: str, out: Path, *, less: bool) -> PartFound:
        """Leave what a query finds below ``out``, a folder for each rule, and count it."""
        found = self.found_query(sql, table, less=less)
        self.connection.execute(f"CREATE OR REPLACE TABLE found AS {found}")
        counted = self._all(
            "SELECT rule, authority, count(*), count(DISTINCT return_id) FROM found GROUP BY ALL ORDER BY ALL"
        )
        if counted:
            self.connection.execute(
                f"COPY found TO {_quoted(out)} (FORMAT parquet, PARTITION_BY (rule), OVERWRITE_OR_IGNORE)"
            )
        self.connection.execute("DROP TABLE found")
        return PartFound(tuple(Found(*row) for row in counted), {})


@contextmanager
def _told(what: str) -> Iterator[None]:
    """A complaint of the database as one about what is being done."""
    try:
        yield
    except duckdb.Error as error:
        raise MusterError(f"{what}: {first_line(error)}") from error


def _named(sql: str) -> set[str]:
    return set(NAMED_COLUMN.findall(sql))


def _quoted(path: Path) -> str:
    return "'" + path.as_posix().replace("'", "''") + "'"
