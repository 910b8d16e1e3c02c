"""One school of 100 staff: all rules warm, and a fresh process from file to findings, beside the reference engine.

Warm is what a worker does for each return after the first: load, ask every rule, write the findings.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.measure import OUT, table
from muster.catalogue import load_collection
from muster.engines import Engine, engine_for, start_engine
from muster.exchange import file_name, write_xml
from muster.model import Return
from muster.sample._anyshire import invent_authority
from muster.sample._returns import one_return
from muster.sample._shape import YearShape
from muster.validate import check

YEAR, STAFF = 2025, 100
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| (\s*)(\S+)")


def school() -> Return:
    """An invented school of 100 staff, from the demo authority, with a few values broken."""
    shape = YearShape(load_collection("school_workforce"), YEAR)
    truth = invent_authority(shape, seed=1, schools=20)
    ref, people = next((r, p) for r in truth.about_schools if len(p := list(truth.at(r))) >= STAFF)
    one = one_return(shape, ref, people[:STAFF], truth.about_schools[ref])
    members, contracts = one.tables["members"].text, one.tables["contracts"].text
    members["birth_date"][3], members["teacher_number"][5], members["ethnicity"][7] = (
        "31/12/1980",
        "12345",
        None,
    )
    contracts["post"][11], contracts["contract_end"][13] = "ZZZ", "1999-01-01"
    return one


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """The milliseconds of each run, in order of length."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def warm(engine_name: str, one: Return, runs: int) -> Iterator[tuple[str, list[float]]]:
    """The whole check and its parts with one engine that stays open."""
    collection = load_collection("school_workforce")
    engine = start_engine(engine_name, collection, YEAR)
    check(collection, YEAR, [one], engine=engine)
    yield "load", timed(lambda: engine.load([one]), runs)
    yield "answers", timed(lambda: _all_answers(engine), runs)
    yield "whole check", timed(lambda: check(collection, YEAR, [one], engine=engine), runs)
    engine.close()


def _all_answers(engine: Engine) -> int:
    return sum(len(answer.keys) for answer in engine.answers(engine.rules.values()))


def fresh(path: Path, runs: int) -> list[float]:
    """The milliseconds of a new process that checks one file."""
    command = [sys.executable, "-m", "muster.cli", "check", str(path), "--quiet"]
    return timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False), runs)


def slow_imports(path: Path, count: int = 12) -> Iterator[tuple[str, str]]:
    """The packages that take longest to import in such a process, with the milliseconds of each."""
    command = [sys.executable, "-X", "importtime", "-m", "muster.cli", "check", str(path), "--quiet"]
    text = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    own: dict[str, int] = {}
    for microseconds, _, _, name in _IMPORT.findall(text):
        package = ".".join(name.split(".")[: 2 if name.startswith("muster.") else 1])
        own[package] = own.get(package, 0) + int(microseconds)
    slowest = sorted(own.items(), key=lambda pair: -pair[1])[:count]
    yield from ((name, f"{taken / 1000:.0f}") for name, taken in slowest)
    yield "all imports", f"{sum(own.values()) / 1000:.0f}"


def at(taken: list[float], share: float) -> str:
    """A percentile in milliseconds."""
    return f"{taken[min(len(taken) - 1, int(len(taken) * share))]:.1f}"


def main(words: Iterable[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args(None if words is None else list(words)).runs
    one = school()
    used = engine_for(sum(len(rows) for rows in one.tables.values()))
    rows = [
        (f"{engine} (used)" if engine == used else engine, part, at(taken, 0.5), at(taken, 0.95))
        for engine, times in (("duckdb", runs), ("sqlite", max(1, runs // 10)))
        for part, taken in warm(engine, one, times)
    ]
    title = f"A school of {STAFF} staff, every rule of {YEAR}, warm, {runs} runs (goal: p95 60 ms)"
    table(title, ("engine", "part", "p50 ms", "p95 ms"), rows)
    OUT.mkdir(exist_ok=True)
    path = OUT / file_name(load_collection("school_workforce"), one)
    write_xml(load_collection("school_workforce"), one, path)
    taken = fresh(path, max(3, runs // 20))
    table(
        "A fresh process, file to findings (goal: 700 ms)",
        ("p50 ms", "p95 ms"),
        [(at(taken, 0.5), at(taken, 0.95))],
    )
    table("Imports of that process", ("package", "ms"), slow_imports(path))


if __name__ == "__main__":
    main()
