"""Shared measuring: run a command and know its time and the memory of the whole family of processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

OUT = Path(__file__).parent / "out"
SHARED = Path(__file__).parents[2] / "shared" / "data"
REGISTER = SHARED / "gias" / "derived_england_open_schools_joined.csv"


@dataclass(frozen=True)
class Run:
    """One command: seconds on the clock and of the processor, peak memory of all its processes, exit code.

    ``said`` is the last line it wrote.
    """

    seconds: float
    processor: float
    megabytes: float
    code: int
    said: str = ""


def run(command: Sequence[str]) -> Run:
    """Run a command as installed programs run, with compiled modules kept, and sample its memory as it runs."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=kept)
        peak = _Peak(process.pid)
        peak.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        peak.stop = True
        peak.join()
        out.seek(0)
        said = out.read().strip().rpartition("\n")[2]
    return Run(seconds, used.ru_utime + used.ru_stime, peak.bytes / 1e6, process.returncode, said)


def best_of(runs: int, once: Callable[[], Run]) -> Run:
    """The quickest of so many runs."""
    return quickest(once() for _ in range(runs))


def quickest(runs: Iterable[Run]) -> Run:
    """The quickest run by processor time, which other work on the machine disturbs least."""
    return min(runs, key=lambda run: run.processor)


def met(reached: bool) -> str:
    """What became of an aim."""
    return "met" if reached else "not met"


class _Peak(threading.Thread):
    """Remembers the most memory a family of processes held at once."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.pid, self.bytes, self.stop = pid, 0, False

    def run(self) -> None:
        while not self.stop:
            self.bytes = max(self.bytes, sum(_resident(pid) for pid in family(self.pid)))
            time.sleep(0.03)


def family(pid: int) -> Iterable[int]:
    """A process and all that it started, by their numbers."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


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


def machine() -> str:
    """How busy the machine was: under load the clock counts the work of others, the processor time hardly."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}"


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
