"""A national check that is killed, without a word of warning, goes on with its finished parts and says the same."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pyarrow.dataset as ds
import pytest
from tests.command import muster

PROGRAM = [sys.executable, "-c", "import sys; from muster.cli import main; sys.exit(main())"]


@pytest.mark.parametrize("collection", ["children_in_need", "looked_after"])
def test_killed_and_run_again_it_finds_what_it_would_have_found(collection: str, tmp_path: Path) -> None:
    tables, stopped, whole = tmp_path / "tables", tmp_path / "stopped", tmp_path / "whole"
    muster("sample", tables, "--collection", collection, "--children", "1000", "--authorities", "5")
    finished = kill_when_some_parts_are_finished(tables, stopped)
    assert finished and not (stopped / "counts.csv").exists()
    again = muster("check", "--tables", tables, "--out", stopped)
    never_stopped = muster("check", "--tables", tables, "--out", whole)
    assert f"{finished} of " in again.out and "parts were there from a run before and stand" in again.out
    assert again.first_line == never_stopped.first_line
    assert (stopped / "counts.csv").read_bytes() == (whole / "counts.csv").read_bytes()
    assert findings(stopped) == findings(whole) != []
    assert not (stopped / "work").exists()


def kill_when_some_parts_are_finished(tables: Path, out: Path) -> int:
    """Start a check, kill it in the middle; how many parts were finished then."""
    command = [*PROGRAM, "check", "--tables", tables, "--out", out]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        end = time.monotonic() + 120
        while running.poll() is None and len(list(out.glob("parts/*.json"))) < 12:
            assert time.monotonic() < end, "nothing was finished in two minutes"
            time.sleep(0.005)
        running.kill()
    return len(list(out.glob("parts/*.json")))


def findings(out: Path) -> list[tuple[object, ...]]:
    """Every finding of a run."""
    table = ds.dataset(out / "findings", partitioning=ds.partitioning(flavor="hive")).to_table()
    names = sorted(table.column_names)
    return sorted(tuple(str(row[name]) for name in names) for row in table.to_pylist())
