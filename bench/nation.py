"""A country of each collection as Parquet, every rule, against reading and hashing the columns.

What is compared is processor time over all threads, which other work on the machine hardly changes.

python -m bench.nation [FOLDER]     one folder of tables; makes the national sets if none is given
python -m bench.nation --growth     a tenth of each country and the whole: cost must grow no faster than the data
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.measure import OUT, REGISTER, muster, real_data_absent, table
from muster.engines.national import NationalEngine


@dataclass(frozen=True)
class Size:
    """So many people of a collection, and for staff at how many schools of the register (none: all)."""

    collection: str
    people: int
    schools: int | None = None

    def folder(self) -> Path:
        """The national tables, written once."""
        target = OUT / f"{self.collection}-{self.people}"
        if not target.exists():
            muster("sample", target, "--quiet", *self._words())
        return target

    def _words(self) -> Iterator[str | Path]:
        if self.collection == "school_workforce":
            yield from ("--register", REGISTER, "--staff", str(self.people))
            yield from ("--schools", str(self.schools)) if self.schools else ()
        else:
            yield from ("--collection", self.collection, "--children", str(self.people))


COUNTRIES = (
    Size("school_workforce", 1_000_000),
    Size("children_in_need", 400_000),
    Size("looked_after", 100_000),
)
GROWTH = (
    Size("school_workforce", 100_000, 2_200), COUNTRIES[0],
    Size("children_in_need", 40_000), COUNTRIES[1],
    Size("looked_after", 10_000), COUNTRIES[2],
)  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time, over all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def read_all(engine: NationalEngine, tables: Iterable[str]) -> None:
    """Read and hash every column of these tables: the floor of whatever is asked of them."""
    for name in tables:
        engine.read_and_hash(name)


def one_folder(tables: Path) -> None:
    """Measure one folder in this process and print the raw figures, tab-separated."""
    from muster.engines.tables import PartFound, Room, start_tables_engine
    from muster.model.local import NOTHING_LOCAL
    from muster.national import collection_of_tables, year_of_tables
    from muster.national._asked import Asked
    from muster.national._parts import Store, parts_of

    collection = collection_of_tables(tables)
    with tempfile.TemporaryDirectory() as temporary:
        store = Store(Path(temporary))
        room = Room(spill=store.work / "spill")
        engine = start_tables_engine(
            "duckdb", collection, year_of_tables(collection, tables), tables, room=room
        )
        assert isinstance(engine, NationalEngine), "only DuckDB tells its floor"
        asked = Asked(collection, engine, NOTHING_LOCAL)
        engine.leave_out(asked.left_out())
        engine.hold_back([])
        parts = parts_of(engine, asked.to_run)
        rows, sets = ([part for part in parts if part.is_set is wanted] for wanted in (False, True))
        clock = time.perf_counter()
        floor = timed(partial(read_all, engine, engine.present))
        found: list[PartFound] = []
        row_time = timed(lambda: found.extend(store.run(part, engine, "") for part in rows))
        peak_of_rows = _most_memory()
        prepare = timed(lambda: engine.prepare_sets([part.rules[0] for part in sets]))
        set_time = timed(lambda: found.extend(store.run(part, engine, "") for part in sets))
        clock = time.perf_counter() - clock
    n_rules = sum(len(part.rules) for part in rows)
    n_found = sum(one.findings for part in found for one in part.found)
    figures = (
        floor,
        row_time,
        prepare + set_time,
        clock,
        peak_of_rows,
        _most_memory(),
        n_rules,
        len(sets),
        n_found,
    )
    print(*figures, sep="\t")
    if broke := [rule for part in found for rule in part.faults]:
        print(f"BROKE: {', '.join(broke)}", file=sys.stderr)


def _most_memory() -> float:
    """The most memory this process held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def measured(tables: Path) -> list[float]:
    """The figures of one folder, measured in a process of its own so that memory is its own."""
    command = [sys.executable, "-m", "bench.nation", str(tables)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    if done.stderr:
        print(done.stderr)
    return [float(figure) for figure in done.stdout.split()]


def main(growth: bool = False) -> None:
    """Print the table of the countries, or of how cost grows."""
    if real_data_absent():
        return
    rows = []
    for size in GROWTH if growth else COUNTRIES:
        floor, row_time, set_time, clock, _, peak, n_rows, n_sets, found = measured(size.folder())
        both = row_time + set_time
        rows.append((
            size.collection, f"{size.people:,}", f"{floor:.2f} s", f"{row_time:.2f} s", f"{row_time / floor:.1f}",
            f"{set_time:.1f} s", f"{both / floor:.0f}", f"{1e6 * both / size.people:.1f} µs", f"{clock:.0f} s",
            f"{peak:,.0f} MB", f"{int(n_rows)} + {int(n_sets)}", f"{int(found):,}",
        ))  # fmt: skip
    title = (
        "How cost grows" if growth else "A country (goals: row rules 15 × floor, set rules 60 s, under 4 GB)"
    )
    headings = ("collection", "people", "floor: read and hash", "row rules", "× floor", "set rules", "both × floor",
                "rules, per person", "on the clock", "memory", "rules: row + set", "findings")  # fmt: skip
    table(title, headings, rows)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words and words[0] != "--growth":
        one_folder(Path(words[0]))
    else:
        main(growth=bool(words))
