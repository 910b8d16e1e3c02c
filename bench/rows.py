"""Nine million rows and 286 row rules, by the national engine, against reading and hashing the columns.

A row is four invented children side by side, each drawn on its own from 2,000; the rules are the row rules of the
children in need census, asked of each of the four over columns of its own, so that no two ask the same.  The table
lies in a temporary folder and is gone afterwards.  Of three floors, two before and one after, the middle counts.

python -m bench.rows [ROWS]
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from operator import itemgetter
from pathlib import Path

import duckdb

from bench.invented_children import YEAR, write_children
from bench.measure import machine, met, table
from muster.catalogue import CATALOGUE, load_collection
from muster.catalogue.plan import CompiledRule, Plan, load_plan
from muster.collect import gather
from muster.engines.national import NationalEngine
from muster.engines.tables import PartFound, Room
from muster.model import Collection, Item, Return
from muster.read import read_xml

ROWS, RULES, COPIES, POOL = 9_000_000, 286, 4, 2_000
TIMES_FLOOR, MEGABYTES = 15, 1_000
_COLUMN = re.compile(r"\bthis\.(\w+)")
CHILDREN = load_collection("children_in_need")


def pool(folder: Path) -> dict[str, list[str | None]]:
    """The columns of 2,000 children, of every table with one row for each child."""
    file = write_children(folder / "pool.xml", POOL)
    one: Return = read_xml(CHILDREN, gather([file], unpack_to=folder).files[0])
    held = [rows for rows in one.tables.values() if len(rows) == POOL]
    return {f"{rows.table}_{item}": texts for rows in held for item, texts in rows.text.items()}


def rules_over(columns: set[str], engine: str = "duckdb") -> list[CompiledRule]:
    """The row rules over these columns, asked of each of the four, as many as wanted."""
    plan = load_plan(CHILDREN, engine, CATALOGUE).rules_in(YEAR).values()
    alone = [r for r in plan if r.asks_only_its_row and "$tolerance" not in r.sql and _within(r, columns)]
    copies = [_of_copy(rule, copy) for copy in range(COPIES) for rule in alone]
    return copies[:RULES]


def _within(rule: CompiledRule, columns: set[str]) -> bool:
    names = (name.removesuffix("_text") for name in _COLUMN.findall(rule.sql))
    return all(f"{rule.table}_{name}" in columns for name in names)


def _of_copy(rule: CompiledRule, copy: int) -> CompiledRule:
    sql = _COLUMN.sub(rf"this.c{copy}_{rule.table}_\1", rule.sql)
    return rule._replace(id=f"{rule.id}-{copy}", table="children", sql=sql, items=(), reads=("children",))


def collection_of(columns: set[str]) -> Collection:
    """A collection whose one table of people has the columns of all four children."""
    items: dict[str, Item] = {}
    for table_name, about in CHILDREN.tables.items():
        for copy in range(COPIES):
            for name, item in about.items.items():
                if f"{table_name}_{name}" in columns:
                    wide = f"c{copy}_{table_name}_{name}"
                    items[wide] = replace(item, name=wide)
    tables = {
        "returns": CHILDREN.tables["returns"],
        "children": replace(CHILDREN.tables["children"], items=items),
    }
    return replace(CHILDREN, tables=tables, rules=(), derived=(), indicators=())


def write_rows(columns: dict[str, list[str | None]], folder: Path, rows: int) -> None:
    """Write the table as Parquet: each of the four children of a row drawn on its own."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    names = ", ".join(f"unnest(${n}) AS {name}" for n, name in enumerate(columns, start=1))
    connection.execute(f"CREATE TABLE pool AS SELECT row_number() OVER () - 1 AS n, * FROM (SELECT {names})",
                       list(columns.values()))  # fmt: skip
    picked = ", ".join(f"p{copy}.{name} AS c{copy}_{name}" for copy in range(COPIES) for name in columns)
    drawn = " ".join(
        f"JOIN pool p{copy} ON p{copy}.n = (hash(r.i * {COPIES} + {copy}) % {POOL})::BIGINT"
        for copy in range(COPIES)
    )
    for name in ("children", "returns"):
        (folder / name).mkdir()
    connection.execute("SET preserve_insertion_order = false")
    rows_drawn = f"SELECT r.i AS child_id, 1::BIGINT AS return_id, {picked} FROM range({rows}) r(i) {drawn}"
    connection.execute(f"COPY ({rows_drawn}) TO '{folder}/children/0.parquet'")
    connection.execute(f"COPY (SELECT 1::BIGINT AS return_id, '919' AS lea) TO '{folder}/returns/0.parquet'")
    connection.close()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of the processors together."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def measure(folder: Path, columns: set[str]) -> None:
    """Measure in this process and print the figures, tab-separated: floor, pass, memory, rules, findings, faults."""
    rules = rules_over(columns)
    wanted = {name.removesuffix("_text") for rule in rules for name in _COLUMN.findall(rule.sql)}
    plan = Plan("duckdb", tuple(rules), ())
    engine = NationalEngine(collection_of(columns), YEAR, plan, folder, room=Room("800MB", folder / "spill"))
    engine.alike([])
    engine.leave_out({})
    floor = partial(timed, partial(engine.read_and_hash, "children"))
    floors = [floor(), floor()]
    found: list[PartFound] = []
    taken = timed(lambda: found.append(engine.run_rows("children", rules, folder / "found", less=False)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    floors.append(floor())
    findings = sum(one.findings for one in found[0].found)
    middle = sorted(floors, key=itemgetter(1))[1]  # a floor of a second or two is disturbed by little
    print(*middle, *taken, peak, len(rules), len(wanted), findings, len(found[0].faults), sep="\t")


def main(rows: int = ROWS) -> None:
    """Write the table, measure it in a process of its own, print what became of the aims."""
    with tempfile.TemporaryDirectory(prefix="muster-rows-") as temporary:
        folder = Path(temporary)
        columns = pool(folder)
        write_rows(columns, folder, rows)
        command = [sys.executable, "-m", "bench.rows", "--measure", str(folder), *columns]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    floor, floor_cpu, taken, taken_cpu, peak, n_rules, n_columns, findings, faults = map(
        float, done.stdout.split()
    )
    table(
        f"{rows:,} rows, {n_rules:.0f} row rules over {n_columns:.0f} of {COPIES * len(columns)} columns ({machine()})",
        ("", "read and hash (floor)", "row rules", "× floor", "memory", "findings", "rules that broke"),
        [("clock", f"{floor:.1f} s", f"{taken:.1f} s", f"{taken / floor:.1f}", f"{peak:,.0f} MB", f"{findings:,.0f}",
          f"{faults:.0f}"),
         ("processors", f"{floor_cpu:.1f} s", f"{taken_cpu:.1f} s", f"{taken_cpu / floor_cpu:.1f}", "", "", "")],
    )  # fmt: skip
    table("Aims", ("aim", "found", ""), [
        (f"at most {TIMES_FLOOR} × the floor", f"{taken / floor:.1f} ×", met(taken <= TIMES_FLOOR * floor)),
        ("the same, by processor time", f"{taken_cpu / floor_cpu:.1f} ×", met(taken_cpu <= TIMES_FLOOR * floor_cpu)),
        (f"at most {MEGABYTES:,} MB", f"{peak:,.0f} MB", met(peak <= MEGABYTES)),
    ])  # fmt: skip


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["--measure"]:
        measure(Path(words[1]), set(words[2:]))
    else:
        main(int(words[0]) if words else ROWS)
