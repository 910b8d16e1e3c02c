"""From how many rows on Spark is faster than DuckDB on this machine: the row rules of bench.rows on growing tables.

Each engine runs in a process of its own, over the same tables; the table of each size lies in a temporary folder.
Spark's start is not counted.  What is compared is the clock, since Spark works in a process and on threads of its
own; the processor time of both is given beside it.

python -m bench.crossover [ROWS ...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.invented_children import YEAR
from bench.measure import family, machine, table
from bench.rows import collection_of, pool, rules_over, write_rows
from muster.catalogue.plan import Plan
from muster.engines.national import NationalEngine
from muster.engines.start import TABLES_ENGINES
from muster.engines.tables import Room, TablesEngine
from muster.model import Collection

SIZES = (10_000, 100_000, 1_000_000)
_TICKS = os.sysconf("SC_CLK_TCK")


def engine_over(name: str, collection: Collection, plan: Plan, folder: Path) -> TablesEngine:
    """An engine over a folder of tables with a plan of its own."""
    if name == "duckdb":
        return NationalEngine(collection, YEAR, plan, folder, room=Room(spill=folder / "spill"))
    from muster.engines.spark_national import SparkTablesEngine

    return SparkTablesEngine(collection, YEAR, plan, folder)


def processor() -> float:
    """Seconds of processor time of this process and of those it started."""
    stats = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in family(os.getpid()))
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / _TICKS


def measure(name: str, folder: Path, columns: set[str]) -> None:
    """Ask every rule of the table in this process and print the clock, the processor time, findings and faults."""
    rules = rules_over(columns, name)
    engine = engine_over(name, collection_of(columns), Plan(name, tuple(rules), ()), folder)
    engine.alike([])
    engine.leave_out({})
    clock, worked = time.perf_counter(), processor()
    found = engine.run_rows("children", rules, folder / f"found-{name}", less=False)
    taken = time.perf_counter() - clock, processor() - worked
    print(*taken, sum(one.findings for one in found.found), len(found.faults), sep="\t")


def measured(name: str, folder: Path, columns: list[str]) -> list[float]:
    """The figures of one engine, from a process of its own."""
    command = [sys.executable, "-m", "bench.crossover", "--measure", name, str(folder), *columns]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(figure) for figure in done.stdout.split()]


def main(sizes: list[int]) -> None:
    """Print a line for each size and engine."""
    lines = []
    for rows in sizes:
        with tempfile.TemporaryDirectory(prefix="muster-crossover-") as temporary:
            folder = Path(temporary)
            columns = pool(folder)
            write_rows(columns, folder, rows)
            for name in TABLES_ENGINES:
                clock, worked, findings, faults = measured(name, folder, list(columns))
                lines.append(
                    (
                        f"{rows:,}",
                        name,
                        f"{clock:.1f} s",
                        f"{worked:.1f} s",
                        f"{findings:,.0f}",
                        f"{faults:.0f}",
                    )
                )
    headings = ("rows", "engine", "clock", "processors", "findings", "rules that broke")
    table(f"286 row rules, DuckDB and Spark on one machine ({machine()})", headings, lines)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["--measure"]:
        measure(words[1], Path(words[2]), set(words[3:]))
    else:
        main([int(word) for word in words] or list(SIZES))
