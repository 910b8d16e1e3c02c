"""Shared measuring: run a command and know its time and the memory of the whole family of processes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

OUT = Path(__file__).parent / "out"
SHARED = Path(__file__).parents[2] / "shared" / "data"
REGISTER = SHARED / "gias" / "derived_england_open_schools_joined.csv"


@dataclass(frozen=True)
class Run:
    """One command: seconds on the clock, peak memory of all its processes together, exit code."""

    seconds: float
    megabytes: float
    code: int


def run(command: Sequence[str]) -> Run:
    """Run a command, sampling the memory of it and its children ten times a second."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        peak = _Peak(process.pid)
        peak.start()
        code = process.wait()
        peak.stop = True
        peak.join()
    return Run(time.perf_counter() - start, peak.bytes / 1e6, code)


class _Peak(threading.Thread):
    """Remembers the most memory a family of processes held at once."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.pid, self.bytes, self.stop = pid, 0, False

    def run(self) -> None:
        while not self.stop:
            self.bytes = max(self.bytes, sum(_resident(pid) for pid in _family(self.pid)))
            time.sleep(0.1)


def _family(pid: int) -> Iterable[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _resident(pid: int) -> int:
    """The memory a process holds for itself; pages shared with others count in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def muster(*words: str | Path) -> Run:
    """Run the muster command with the Python of this environment."""
    return run([sys.executable, "-m", "muster.cli", *map(str, words)])


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as Markdown, so that it can stand in the documents as it is."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(headings) + " |")
    print("|" + "---|" * len(headings))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def real_data_absent() -> bool:
    """Say loudly that the school register is not here, so that nothing is measured on it."""
    if REGISTER.exists():
        return False
    print(f"NOT MEASURED: the school register is not at {REGISTER.name} beside this repository.")
    return True
