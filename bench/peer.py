"""The published validators of the two children's returns, side by side with Muster on the same files.

They are installed in an environment of their own (``make bench-peer``).  Every run is a fresh process.  The two take
turns, as the speed of a machine changes from minute to minute, and the quickest of each counts.  Both read the same
files and ask every rule they have; Muster is given the postcode directory the peer carries with it.  They are not the
same rules line by line: docs/reference lists where the answers differ.  The peer's report (its table of issues) is
timed with it and without it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.measure import OUT, SHARED, Run, machine, met, muster, quickest, run, table

PEER = Path(__file__).parents[1] / ".bench-peer"
RUNNERS = Path(__file__).parent / "peers"
SET = SHARED / "s903"
CENSUS = SHARED / "cin" / "CIN_Census_2026.xml"
TURNS = 3
PEOPLE = 1_000  # copies of the two children of the published file


class Aim(NamedTuple):
    """How many times faster than the peer a check must be."""

    title: str
    times: int


def peer_run(runner: str, *words: Path) -> Run:
    """A fresh process of a peer's environment."""
    return run([str(PEER / "bin" / "python"), str(RUNNERS / runner), *map(str, words)])


def in_turn(ours: Callable[[], Run], peers: Callable[[], Run]) -> tuple[Run, Run]:
    """The quickest run of each, of as many as take turns."""
    pairs = [(ours(), peers()) for _ in range(TURNS)]
    return quickest(our for our, _ in pairs), quickest(peer for _, peer in pairs)


def many_children(path: Path) -> Path:
    """The published file with its two children a thousand times over, each with an identifier of its own."""
    text = CENSUS.read_text(encoding="utf-8")
    before, children, after = re.split(r"(?<=<Children>)|(?=</Children>)", text)
    copies = (re.sub(r"(<LAchildID>[^<]*)", rf"\g<1>{n}", children) for n in range(PEOPLE))
    path.write_text(before + "".join(copies) + after, encoding="utf-8")
    return path


def compare(aim: Aim, ours: Run, whole: Run, said: str) -> None:
    """Print one table: the peer with and without its report, Muster, ratios and memory."""
    without = float(said.partition("without report ")[2].split()[0] or 0)
    rows = [
        ("peer, with its report", f"{whole.seconds:.1f} s", f"{whole.processor:.1f} s",
         f"{whole.seconds / ours.seconds:.1f}", f"{whole.megabytes:,.0f} MB"),
        ("peer, without its report", f"{without:.1f} s", "", f"{without / ours.seconds:.1f}", ""),
        ("Muster, with its findings", f"{ours.seconds:.2f} s", f"{ours.processor:.2f} s", "1.0",
         f"{ours.megabytes:,.0f} MB"),
    ]  # fmt: skip
    table(f"{aim.title} ({machine()})", ("what", "time", "processor", "× Muster", "memory"), rows)
    print(f"\nThe peer said: {said.strip()}")
    faster = whole.seconds / ours.seconds
    aims = [
        (f"{aim.times} × faster, fresh process to findings", f"{faster:.1f} ×", met(faster >= aim.times)),
        ("the same, by processor time", f"{whole.processor / ours.processor:.1f} ×",
         met(whole.processor / ours.processor >= aim.times)),
        ("less memory than the peer", f"{ours.megabytes:,.0f} of {whole.megabytes:,.0f} MB",
         met(ours.megabytes < whole.megabytes)),
    ]  # fmt: skip
    table("Aims", ("aim", "found", ""), aims)


def looked_after() -> None:
    """The SSDA903 set as this year's and as last year's: 51,890 rows and the lists of providers."""
    words: Sequence[str | Path] = ("check", SET, "--collection", "looked_after", "--year", "2026",
                                   "--last-year", SET, "--authority", "330", "--quiet")  # fmt: skip
    ours, peers = in_turn(lambda: _with_places(words), lambda: peer_run("looked_after.py", SET))
    compare(Aim("SSDA903 sample, both years, 51,890 rows, all rules", 15), ours, peers, peers.said)


def _with_places(words: Sequence[str | Path]) -> Run:
    """Muster with the postcode directory that the peer carries."""
    os.environ["PYTHONPATH"] = str(PEER / "places")
    try:
        return muster(*words)
    finally:
        del os.environ["PYTHONPATH"]


def in_need() -> None:
    """The children in need census: the published file with 2,000 children."""
    OUT.mkdir(exist_ok=True)
    path = many_children(OUT / "published-children-2000.xml")
    ours, peers = in_turn(lambda: muster("check", path, "--quiet"), lambda: peer_run("in_need.py", path))
    compare(Aim("CIN census, 2,000 children of the published file, all rules", 40), ours, peers, peers.said)


def main() -> int:
    """Print the tables; 1 where a peer is not there to be measured."""
    if not (PEER / "bin" / "python").exists() or not SET.exists():
        print("NOT MEASURED: run 'make bench-peer', with the folder 'shared' beside this repository.")
        return 1
    subprocess.run([str(PEER / "bin" / "python"), "-m", "compileall", "-q", str(PEER / "lib")], check=False)
    looked_after()
    in_need()
    return 0


if __name__ == "__main__":
    sys.exit(main())
