"""A country: 22,000 schools and 1,000,000 staff as Parquet, every rule, against reading and hashing the columns.

python -m bench.nation [FOLDER]     one folder of tables; makes the national set if none is given
python -m bench.nation --growth     1,000 to 1,000,000 staff: cost must grow no faster than the data
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import OUT, REGISTER, muster, real_data_absent, table

YEAR = 2025
SIZES = ((22, 1_000), (220, 10_000), (2_200, 100_000), (None, 1_000_000))


def folder(schools: int | None, staff: int) -> Path:
    """The national tables, generated once."""
    target = OUT / f"nation-{staff}"
    if not target.exists():
        words = ["sample", target, "--register", REGISTER, "--staff", str(staff), "--quiet"]
        muster(*words, *(["--schools", str(schools)] if schools else []))
    return target


def timed(work: Callable[[], object]) -> float:
    """Seconds on the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def one_folder(tables: Path) -> None:
    """Measure one folder in this process and print the raw figures, tab-separated."""
    from muster.catalogue import load_collection
    from muster.engines.tables import start_tables_engine
    from muster.model.local import NOTHING_LOCAL
    from muster.national._asked import Asked
    from muster.national._parts import Store, parts_of

    engine = start_tables_engine("duckdb", load_collection("school_workforce"), YEAR, tables)
    asked = Asked(engine.collection, engine, NOTHING_LOCAL)
    engine.leave_out({})
    parts = parts_of(engine, asked.to_run)
    rows, sets = ([part for part in parts if part.is_set is wanted] for wanted in (False, True))
    floor = timed(lambda: [engine.read_and_hash(part.table) for part in rows])
    with tempfile.TemporaryDirectory() as temporary:
        store = Store(Path(temporary))
        found = []
        row_time = timed(lambda: found.extend(store.run(part, engine, "") for part in rows))
        prepare = timed(lambda: engine.prepare_sets([part.rules[0] for part in sets]))
        set_time = timed(lambda: found.extend(store.run(part, engine, "") for part in sets))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    n_rules = sum(len(part.rules) for part in rows)
    n_found = sum(one.findings for part in found for one in part.found)
    print(floor, row_time, prepare + set_time, peak, n_rules, len(sets), n_found, sep="\t")
    if broke := [rule for part in found for rule in part.faults]:
        print(f"BROKE: {', '.join(broke)}", file=sys.stderr)


def measured(tables: Path) -> list[float]:
    """The figures of one folder, measured in a process of its own so that memory is its own."""
    command = [sys.executable, "-m", "bench.nation", str(tables)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    if done.stderr:
        print(done.stderr)
    return [float(figure) for figure in done.stdout.split()]


def main(growth: bool = False) -> None:
    """Print the table of the country, or of how cost grows."""
    if real_data_absent():
        return
    sizes = SIZES if growth else SIZES[-1:]
    rows = []
    for schools, staff in sizes:
        floor, row_time, set_time, peak, n_rows, n_sets, found = measured(folder(schools, staff))
        rows.append((
            f"{staff:,}", f"{floor:.2f} s", f"{row_time:.2f} s", f"{row_time / floor:.1f}", f"{set_time:.2f} s",
            f"{1e6 * (row_time + set_time) / staff:.1f} µs", f"{peak:,.0f} MB", f"{int(n_rows)} + {int(n_sets)}",
            f"{int(found):,}",
        ))  # fmt: skip
    title = (
        "How cost grows" if growth else "A country (goals: row rules 15 × floor, set rules 60 s, under 4 GB)"
    )
    headings = ("staff", "floor: read and hash", "row rules", "× floor", "set rules", "rules, per staff member",
                "memory", "rules: row + set", "findings")  # fmt: skip
    table(title, headings, rows)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words and words[0] != "--growth":
        one_folder(Path(words[0]))
    else:
        main(growth=bool(words))
