"""Rules over a folder of Parquet tables in Spark: for what one machine cannot hold or is too slow for.

The folder must be one that every machine of the cluster reads and writes under the same path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from muster.catalogue.plan import CompiledRule, Plan
from muster.engines.base import Settings
from muster.engines.spark import ROW_RULES_AT_ONCE, SparkBase, in_chunks
from muster.engines.spark_session import LOCAL, errors, fault_of, is_here
from muster.engines.tables import NAMED_COLUMN, Alike, Found, Held, PartFound, Room, TablesEngine, together
from muster.model import Collection

_PARTITIONS_HERE = "8"
_FEW_BYTES = 20_000_000


class SparkTablesEngine(TablesEngine, SparkBase):
    """Runs a plan over Parquet tables and leaves the failing keys as Parquet; Spark spills by its own settings."""

    table_column = "`table`"

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
        master = room.master or LOCAL
        super().__init__(collection, year, plan, settings=settings, master=master, memory=room.memory)
        if is_here(master):
            self.session.conf.set("spark.sql.shuffle.partitions", _PARTITIONS_HERE)
            if sum(file.stat().st_size for file in folder.glob("*/*.parquet")) < _FEW_BYTES:
                self.expect_few_rows()

    # -- what the tables hold ----------------------------------------------------------------------

    @cached_property
    def present(self) -> Mapping[str, frozenset[str]]:
        """The columns of each table that is there."""
        found = {}
        for table in self.collection.tables:
            if any((self.folder / table).glob("*.parquet")):
                rows = self.session.read.parquet(str(self.folder / table))
                rows.createOrReplaceTempView(f"files_{table}")
                found[table] = frozenset(rows.columns)
        return found

    def alike(self, items: Sequence[str]) -> list[Alike]:
        """The returns, those together that have the same values of these items."""
        held = [name for name in items if name in self.present["returns"]]
        kind = f"dense_rank() OVER (ORDER BY {', '.join(held)})" if held else "1"
        lea = "coalesce(lea, '')" if "lea" in self.present["returns"] else "''"
        values = "".join(f", {name}" for name in held)
        self._keep(
            "return_refs",
            f"SELECT return_id, {lea} AS authority, {kind} - 1 AS kind{values} FROM files_returns",
        )
        counted = self._all(
            f"SELECT kind, authority, count(*){values} FROM return_refs GROUP BY kind, authority{values} "
            "ORDER BY kind, authority"
        )
        found: dict[int, Alike] = {}
        for number, authority, count, *header in counted:
            about = Alike(dict(zip(held, header, strict=True)), {})
            found.setdefault(number, about).authorities[authority] = count
        return list(found.values())

    def people(self) -> int:
        """How many people there are in all."""
        table = self.collection.person
        return int(self._all(f"SELECT count(*) FROM files_{table}")[0][0]) if table in self.present else 0

    # -- who is not asked --------------------------------------------------------------------------

    def leave_out(self, kinds: Mapping[str, Iterable[int]]) -> None:
        """Do not ask a rule of returns of some kinds, numbered as ``alike`` gave them."""
        rows = [(rule, kind) for rule, numbers in kinds.items() for kind in numbers]
        frame = self.session.createDataFrame(rows, "rule STRING, kind BIGINT")
        frame.createOrReplaceTempView("not_asked")

    def hold_back(self, findings: Sequence[Path]) -> Held:
        """Hold back, from rules that ask less, the people whom these files of findings are about."""
        source = "(SELECT CAST(NULL AS BIGINT) AS person)"
        if findings:
            self.session.read.parquet(*map(str, findings)).createOrReplaceTempView("holding")
            source = "holding"
        self._keep("held", f"SELECT DISTINCT person FROM {source} WHERE person IS NOT NULL")
        people, digest = self._all("SELECT count(*), coalesce(bit_xor(xxhash64(person)), 0) FROM held")[0]
        return Held(people, f"{people}:{digest}")

    # -- parts -------------------------------------------------------------------------------------

    def run_rows(self, table: str, rules: Sequence[CompiledRule], out: Path, *, less: bool) -> PartFound:
        """Run the row rules of a table, many in a pass; if that cannot be run, one by one to find the culprit."""
        self._typed(table).createOrReplaceTempView(table)
        more = f", this.return_id AS return_id, {self.person_of(table)}"
        passes = (self.row_query(table, chunk, more=more) for chunk in in_chunks(rules, ROW_RULES_AT_ONCE))
        try:
            return self._leave(" UNION ALL ".join(passes), table, out, less=less)
        except errors() as error:
            if len(rules) == 1:
                return PartFound((), {rules[0].id: fault_of(error)})
        return together(self.run_rows(table, [rule], out, less=less) for rule in rules)

    def prepare_sets(self, rules: Sequence[CompiledRule]) -> None:
        """Type the tables that set rules and derived tables read, with only the columns they name, and keep them."""
        queries = [*(self.sql(rule) for rule in rules), *(self.sql(d) for d in self.derived)]
        named = {name for sql in queries for name in NAMED_COLUMN.findall(sql)}
        for table in self.collection.tables:
            typed = self._typed(table, only=named).persist()
            typed.createOrReplaceTempView(table)
        for derived in self.derived:
            self._keep(derived.name, self.sql(derived))

    def run_set(self, rule: CompiledRule, out: Path, *, less: bool) -> PartFound:
        """Run one set rule over the prepared tables."""
        table = "returns" if self._by_id[rule.id].scope == "return" else rule.table
        try:
            return self._leave(self.set_query(rule, table), table, out, less=less)
        except errors() as error:
            return PartFound((), {rule.id: fault_of(error)})

    # -- private -----------------------------------------------------------------------------------

    def _all(self, sql: str) -> list[Any]:
        return self.session.sql(sql).collect()

    def _keep(self, name: str, sql: str) -> None:
        """Work out a table once and keep it under a name."""
        self.session.sql(sql).persist().createOrReplaceTempView(name)

    def _typed(self, table: str, *, only: set[str] | None = None) -> Any:
        """The typed rows of a table; a column that is not there is empty, a table has no rows."""
        keys = self.collection.key_columns(table)
        lacking = dict.fromkeys(keys, "BIGINT") | dict.fromkeys(self.collection.tables[table].items, "STRING")
        here = self.present.get(table, frozenset())
        empty = "".join(
            f", CAST(NULL AS {kind}) AS {name}" for name, kind in lacking.items() if name not in here
        )
        source = f"SELECT *{empty} FROM files_{table}" if here else f"SELECT {empty[2:]} WHERE false"
        known = {name for name, _, _ in self.columns(table)} - {"line"}
        return self.typed(table, f"({source})", only=known if only is None else only - {"line"})

    def _leave(self, sql: str, table: str, out: Path, *, less: bool) -> PartFound:
        """Leave what a query finds below ``out``, a folder for each rule, and count it."""
        found = self.session.sql(self.found_query(sql, table, less=less)).persist()
        try:
            found.createOrReplaceTempView("found")
            counted = self._all(
                "SELECT rule, authority, count(*), count(DISTINCT return_id) FROM found "
                "GROUP BY rule, authority ORDER BY rule, authority"
            )
            if counted:
                found.coalesce(1).write.mode("append").partitionBy("rule").parquet(str(out))
        finally:
            found.unpersist()
        return PartFound(tuple(Found(*row) for row in counted), {})
