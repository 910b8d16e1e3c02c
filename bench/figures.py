"""All indicators of a large authority from Parquet: 500 schools, 50,000 staff, 150,000 pupils, its children's returns.

Each collection is a fresh process of ``muster report --tables``; together they have to be done in 10 s.  The floor is
to read and hash every column of the same tables.

python -m bench.figures [SHARE]     a share of the authority, such as 0.1 (default 1)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from bench.census import seed
from bench.measure import OUT, REGISTER, Run, best_of, machine, met, muster, real_data_absent, table
from bench.nation import read_all, timed
from muster.engines.national import NationalEngine
from muster.engines.tables import start_tables_engine
from muster.national import collection_of_tables, year_of_tables
from muster.sample.pupils import CensusSettings, census_shape

SCHOOLS, STAFF, PUPILS, IN_NEED, LOOKED_AFTER = 500, 50_000, 150_000, 5_000, 1_500
SECONDS, RUNS = 10.0, 3


@dataclass(frozen=True)
class Measured:
    """One collection: its rows, the processor time of the floor, and the quickest run."""

    name: str
    rows: int
    floor: float
    run: Run


def workforce(folder: Path, share: float) -> None:
    """The staff of so many real schools, invented."""
    sizes = ("--schools", str(round(SCHOOLS * share)), "--staff", str(round(STAFF * share)))
    muster("sample", folder, "--register", REGISTER, *sizes, "--quiet")


def census(folder: Path, share: float) -> None:
    """The spring census of one authority."""
    seed(folder, census_shape(CensusSettings()), round(PUPILS * share))


def children(collection: str, count: int) -> Callable[[Path, float], None]:
    """The return of one authority of so many children."""

    def written(folder: Path, share: float) -> None:
        sizes = ("--children", str(round(count * share)), "--authorities", "1")
        muster("sample", folder, "--collection", collection, *sizes, "--quiet")

    return written


PARTS: dict[str, Callable[[Path, float], None]] = {
    "school_workforce": workforce,
    "school_census": census,
    "children_in_need": children("children_in_need", IN_NEED),
    "looked_after": children("looked_after", LOOKED_AFTER),
}


def measured(name: str, share: float) -> Measured:
    """Write the tables once, then read and hash them, and compute every figure of them."""
    folder = OUT / f"figures-{name}-{share:g}"
    if not folder.exists():
        PARTS[name](folder, share)
    floor, rows = read_and_hashed(folder)
    return Measured(name, rows, floor, best_of(RUNS, lambda: muster("report", "--tables", folder, "--quiet")))


def read_and_hashed(folder: Path) -> tuple[float, int]:
    """Processor seconds to read and hash every column, and how many rows there are."""
    collection = collection_of_tables(folder)
    engine = start_tables_engine("duckdb", collection, year_of_tables(collection, folder), folder)
    assert isinstance(engine, NationalEngine), "only DuckDB tells its floor"
    held = [name for name in collection.tables if name in engine.present]
    rows = sum(pq.read_metadata(path).num_rows for path in folder.glob("*/*.parquet"))
    spent = timed(partial(read_all, engine, held))
    engine.close()
    return spent, rows


def main(share: float = 1.0) -> None:
    """Print the table and what became of the aim."""
    if real_data_absent():
        return
    OUT.mkdir(exist_ok=True)
    found = [measured(name, share) for name in PARTS]
    failed = [one.name for one in found if one.run.code]
    assert not failed, f"muster report failed for {', '.join(failed)}"
    clock = sum(one.run.seconds for one in found)
    rows = [
        (one.name.replace("_", " "), f"{one.rows:,}", f"{one.floor:.2f} s", f"{one.run.seconds:.2f} s",
         f"{one.run.processor:.2f} s", f"{one.run.processor / one.floor:.1f}", f"{one.run.megabytes:,.0f} MB")
        for one in found
    ]  # fmt: skip
    table(
        f"All indicators of an authority from Parquet ({machine()})",
        ("collection", "rows", "read and hash", "clock", "processor", "× floor", "memory"),
        rows,
    )
    print(f"\nTogether {clock:.2f} s on the clock; the aim of {SECONDS:.0f} s is {met(clock <= SECONDS)}.")


if __name__ == "__main__":
    main(*(float(word) for word in sys.argv[1:2]))
