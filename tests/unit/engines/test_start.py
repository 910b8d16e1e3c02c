"""Which engine a run gets, and that its driver is all that is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from muster.engines import ENGINE_NAMES, engine_for


@pytest.mark.parametrize(("rows", "name"), [(0, "sqlite"), (900, "sqlite"), (1_000_000, "duckdb")])
def test_small_runs_get_the_engine_that_starts_at_once(rows: int, name: str) -> None:
    assert engine_for(rows) == name
    assert name in ENGINE_NAMES


def test_the_driver_that_is_not_needed_is_not_imported() -> None:
    program = (
        "import sys; from muster.catalogue import load_collection; from muster.engines import start_engine; "
        "start_engine('sqlite', load_collection('school_workforce'), 2025); "
        "print([name for name in ('duckdb', 'sqlglot', 'pyarrow', 'pyspark') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
