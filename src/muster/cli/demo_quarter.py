"""The quarterly report of the demo's authority, with figures computed from the returns the demo built."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from muster.catalogue import load_collection
from muster.cli.console import Console
from muster.cli.named_returns import read_each
from muster.cli.performance.reporting import write_report
from muster.collect import gather
from muster.model.words import count_of
from muster.performance.quarterly import problems_of, read_snapshot
from muster.report import indicator_results
from muster.report.lineage import figures_json, lineage_of


def report_on_the_quarter(console: Console, folder: Path, year: int) -> Path:
    """Compute figures from the written returns, make a snapshot of them, and write its report."""
    from muster.sample import write_quarter

    snapshot = write_quarter(folder / "quarterly", year, _figures(folder / "out" / "returns", year))
    found = read_snapshot(snapshot)
    problems = [*found.remarks, *problems_of(found.snapshot)]
    write_report(found.snapshot, snapshot, snapshot.parent, draft=bool(problems))
    computed = sum(one.computed is not None for one in found.snapshot.entries)
    figures = f"{count_of(computed, 'indicator')} computed from the returns"
    console.detail(
        f"A quarterly report with {figures}: {snapshot.with_suffix('.html')} (and .docx, .pdf, .csv)"
    )
    return snapshot


def _figures(returns: Path, year: int) -> dict[str, Any]:
    """The figures of the returns of a folder, with their lineage, as 'muster report --json' has them."""
    collection = load_collection("school_workforce")
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        files = gather([returns], unpack_to=Path(unpacked)).files
        found = read_each(collection, [one for one in files if one.name.lower().endswith(".xml")], {})
    results = indicator_results(collection, year, found, last_year={}, names={})
    return {"year": year, "figures": figures_json(results), "lineage": lineage_of(collection, year, found)}
