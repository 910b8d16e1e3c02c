"""Check a country: a folder of Parquet tables to findings as Parquet, part by part, able to go on after a stop."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from muster.catalogue import CATALOGUE, with_local_dates
from muster.catalogue.plan import load_plan, plan_path
from muster.engines.national import NationalEngine, RuleCount
from muster.model import Collection, MusterError
from muster.model.local import NOTHING_LOCAL, Local
from muster.model.writing import write_whole

Advance = Callable[[int, int], None]


@dataclass(frozen=True)
class NationalResult:
    """How often each rule failed, and how many of the parts were there from a run before."""

    counts: tuple[RuleCount, ...]
    parts: int
    kept: int


def check_tables(
    collection: Collection,
    year: int,
    folder: Path,
    out: Path,
    *,
    local: Local = NOTHING_LOCAL,
    progress: Advance = lambda _done, _of: None,
) -> NationalResult:
    """Run every rule of a year over the tables in a folder; findings and counts go to ``out``.

    A part is written whole or not at all, so a run that was stopped goes on where it was; parts of another
    catalogue, year or folder are not mixed in.  Raises MusterError.
    """
    if not any(folder.glob("*/*.parquet")):
        raise MusterError(
            f"{folder} holds no tables: a folder per table with .parquet files in it is expected"
        )
    _claim(out, collection, year, folder)
    collection = with_local_dates(collection, year, local.constants)
    engine = NationalEngine(collection, year, load_plan(collection, "duckdb", CATALOGUE), folder)
    try:
        return _run(engine, out, progress)
    finally:
        engine.close()


def _claim(out: Path, collection: Collection, year: int, folder: Path) -> None:
    """Note what this run is of; refuse a folder with parts of another."""
    plan = hashlib.sha256(plan_path(collection, "duckdb", CATALOGUE).read_bytes()).hexdigest()
    run = {"collection": collection.name, "year": year, "tables": str(folder.resolve()), "plan": plan}
    note = out / "run.json"
    if note.exists() and json.loads(note.read_text(encoding="utf-8")) != run:
        raise MusterError(f"{out} holds findings of another run; name a new folder or empty it")
    write_whole(note, json.dumps(run, indent=1).encode())


def _run(engine: NationalEngine, out: Path, progress: Advance) -> NationalResult:
    parts = list(_parts(engine, out))
    counts: list[RuleCount] = []
    kept = 0
    prepared = False
    for done, (path, is_set, work) in enumerate(parts):
        if path.exists():
            kept += 1
        elif is_set and not prepared:
            engine.prepare_sets()
            prepared = True
        counts += work()
        progress(done + 1, len(parts))
    engine.write_counts(out / "findings", out / "counts.csv")
    return NationalResult(tuple(counts), len(parts), kept)


Part = tuple[Path, bool, Callable[[], list[RuleCount]]]


def _parts(engine: NationalEngine, out: Path) -> Iterator[Part]:
    """Each table with its row rules, then each set rule: where its findings go and how to find them."""
    for table, rules in engine.row_tables():
        path = out / "findings" / f"rows_{table}.parquet"
        yield path, False, partial(engine.run_rows, table, rules, path)
    for rule in engine.set_rules():
        path = out / "findings" / f"rule_{rule.id.replace('~', '_')}.parquet"
        yield path, True, partial(engine.run_sets, [rule], path)
