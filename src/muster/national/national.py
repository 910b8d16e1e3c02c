"""Check a country: a folder of Parquet tables to findings as Parquet, part by part, able to go on after a stop."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from muster.catalogue import CATALOGUE, collections_with, load_collection, with_local_dates
from muster.catalogue.plan import plan_path
from muster.engines.tables import Found, Held, PartFound, Room, TablesEngine, start_tables_engine
from muster.model import Collection, MusterError, Outcome, RuleOutcome
from muster.model.local import NOTHING_LOCAL, Local
from muster.model.writing import write_whole
from muster.national._asked import Asked
from muster.national._counts import write_counts
from muster.national._parts import Part, Store, parts_of
from muster.validate import engine_settings, holds_back, outcome_of, remark, said_of_held

Advance = Callable[[int, int], None]


@dataclass(frozen=True)
class NationalResult:
    """What became of each rule, and how many of the parts were there from a run before."""

    collection: Collection
    outcomes: tuple[RuleOutcome, ...]
    parts: int
    kept: int


@dataclass(frozen=True)
class Means:
    """How a run is done: local settings, the engine by name, the memory the process may take (2GB, 800MB), and the
    master of Spark where it is not this machine."""

    local: Local = NOTHING_LOCAL
    engine: str = "duckdb"
    memory: str = "2GB"
    master: str = ""


def check_tables(
    collection: Collection,
    year: int,
    folder: Path,
    out: Path,
    *,
    means: Means = Means(),
    progress: Advance = lambda _done, _of: None,
) -> NationalResult:
    """Run every rule of a year over the tables in a folder; findings and counts go to ``out``.

    A part that was finished stands, so a run that was stopped goes on where it was; parts of another catalogue, year,
    folder or other local settings are not mixed in.  Raises MusterError.
    """
    _returns_of(folder)
    local = means.local
    _claim(out, _run_of(collection, year, folder, means))
    collection = with_local_dates(collection, year, local.constants)
    store = Store(out)
    settings, room = engine_settings(local), Room(means.memory, store.work / "spill", means.master)
    engine = start_tables_engine(means.engine, collection, year, folder, settings=settings, room=room)
    try:
        return _Run(engine, Asked(collection, engine, local), store).result(out / "counts.csv", progress)
    finally:
        engine.close()
        store.clear()


def collection_of_tables(folder: Path) -> Collection:
    """The collection that has a table for every sub-folder.  Raises MusterError where there is not one only."""
    _returns_of(folder)
    names = {path.parent.name for path in folder.glob("*/*.parquet")}
    taken = [load_collection(name) for name in collections_with(names)]
    together = {one.folder: load_collection(one.folder) for one in taken if one.whole}
    known = [one for one in taken if not one.whole] + list(together.values())
    found = [
        one for one in known if names <= set(one.tables) and one.terms.get(one.term, "") in _terms_of(folder)
    ]
    if len(found) != 1:
        raise MusterError(
            f"the tables in {folder} are not those of one collection; say which with --collection"
        )
    return found[0]


def _terms_of(folder: Path) -> set[str]:
    """What the returns say of their term; of a collection without terms it is nothing."""
    import pyarrow.parquet as pq

    files = [file for file in _returns_of(folder) if "term" in pq.read_schema(file).names]
    said = {
        text or "" for file in files for text in pq.read_table(file, columns=["term"])["term"].to_pylist()
    }
    return said | {""}


def unread(collection: Collection, folder: Path) -> list[str]:
    """The sub-folders with Parquet files that are no table of the collection."""
    return sorted({path.parent.name for path in folder.glob("*/*.parquet")} - set(collection.tables))


def year_of_tables(collection: Collection, folder: Path) -> int:
    """The year that the returns in a folder of tables say; the last known one where they say none of these.

    Raises MusterError where they are of several years.
    """
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    files = [file for file in _returns_of(folder) if "year" in pq.read_schema(file).names]
    said = {
        text
        for file in files
        for text in pc.unique(pq.read_table(file, columns=["year"])["year"]).to_pylist()
    }
    known = sorted({int(text) for text in said if text and text.isdigit()} & set(collection.years))
    if len(known) > 1:
        raise MusterError(
            f"the returns in {folder} are of {', '.join(map(str, known))}; choose one with --year"
        )
    return known[0] if known else collection.years[-1]


def _returns_of(folder: Path) -> list[Path]:
    files = sorted(folder.glob("returns/*.parquet"))
    if not files:
        raise MusterError(
            f"{folder} holds no tables: a folder of .parquet files for each table is needed, one of them returns"
        )
    return files


def _run_of(collection: Collection, year: int, folder: Path, means: Means) -> dict[str, object]:
    """What a run is of: parts of another are not to be mixed with its own."""
    files = sorted(folder.glob("*/*.parquet"))
    sizes = "".join(
        f"{file.relative_to(folder)} {file.stat().st_size} {file.stat().st_mtime_ns}\n" for file in files
    )
    return {
        "collection": collection.name,
        "year": year,
        "tables": str(folder.resolve()),
        "files": hashlib.sha256(sizes.encode()).hexdigest(),
        "plan": hashlib.sha256(plan_path(collection, means.engine, CATALOGUE).read_bytes()).hexdigest(),
        "local": repr(means.local),
        "engine": means.engine,
    }


def _claim(out: Path, run: dict[str, object]) -> None:
    """Note what this run is of; refuse a folder with parts of another."""
    note = out / "run.json"
    before = json.loads(note.read_text(encoding="utf-8")) if note.exists() else run
    other = [name for name in run if before.get(name) != run[name]]
    if other:
        raise MusterError(
            f"{out} holds findings of another run (other {', '.join(other)}); name a new folder or empty it"
        )
    write_whole(note, json.dumps(run, indent=1).encode())


class _Run:
    """One run: its parts in order, the people the first stage holds back, what was found so far."""

    def __init__(self, engine: TablesEngine, asked: Asked, store: Store) -> None:
        self.engine, self.asked, self.store = engine, asked, store
        self.parts = parts_of(engine, asked.to_run)
        self.found: list[Found] = []
        self.faults: dict[str, str] = {}
        self.kept = 0
        self._held: Held | None = None
        self._prepared = False
        engine.leave_out(asked.left_out())

    def result(self, counts: Path, progress: Advance) -> NationalResult:
        for done, part in enumerate(self.parts):
            progress(done, len(self.parts))
            self._take(self._kept_or_run(part))
        outcomes = tuple(map(self._outcome, self.asked.rules))
        write_counts(self.asked, outcomes, self.found, counts)
        progress(len(self.parts), len(self.parts))
        return NationalResult(self.engine.collection, outcomes, len(self.parts), self.kept)

    def _kept_or_run(self, part: Part) -> PartFound:
        held = self._held_back().digest if part.less else ""
        kept = self.store.kept(part, held)
        if kept:
            self.kept += 1
            return kept
        if part.is_set and not self._prepared:
            self.engine.prepare_sets([one.rules[0] for one in self.parts if one.is_set])
            self._prepared = True
        return self.store.run(part, self.engine, held)

    def _take(self, part: PartFound) -> None:
        self.found += part.found
        self.faults.update(part.faults)

    def _held_back(self) -> Held:
        """The people with an error of the first stage, known once the parts of that stage are done."""
        if self._held is None:
            everyone = self.asked.local.all_stages
            first = [] if everyone else [rule for rule in self.asked.to_run if holds_back(rule)]
            self._held = self.engine.hold_back(self.store.files_of(first))
        return self._held

    def _outcome(self, name: str) -> RuleOutcome:
        asked, rule = self.asked, self.asked.rules[name]
        if name in asked.not_run:
            return RuleOutcome(name, rule.code, Outcome.NOT_RUN, reason=asked.not_run[name])
        fault, count = self.faults.get(name, ""), self._counts[name]
        outcome = outcome_of(rule, fault, count, remark(rule, asked.local, asked.applies))
        held = self._held.people if self._held else 0
        return said_of_held(self.engine.collection, rule, outcome, held=held, people=self._people)

    @cached_property
    def _people(self) -> int:
        return self.engine.people()

    @cached_property
    def _counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for one in self.found:
            counts[one.rule_id] += one.findings
        return counts
