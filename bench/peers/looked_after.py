"""Run csc-validator-be-903 over a folder as this year's return and last year's; runs in the peer's environment."""

from __future__ import annotations

import importlib
import logging
import sys
import time
import warnings
from pathlib import Path

START = time.perf_counter()
YEAR, AUTHORITY, RULES = "2026", "E08000025", "lac_validator.rules.lac2025_26"


def main(folder: Path) -> None:
    """Validate, make the table of issues, and say how long each took."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    from lac_validator import lac_validator
    from lac_validator.report import Report
    from lac_validator.utils import process_uploaded_files

    tables = [str(path) for path in sorted(folder.glob("*.csv"))]
    lists = {"CH lookup": [str(folder / "ch_fake.xlsx")], "SCP lookup": [str(folder / "scp_fake.xlsx")]}
    files = process_uploaded_files({"This year": tables, "Prev year": tables, **lists})
    registry = importlib.import_module(RULES).registry
    about = {"collectionYear": YEAR, "localAuthority": AUTHORITY}
    found = lac_validator.LacValidator(metadata=about, files=files, registry=registry)
    validated = time.perf_counter()
    report = Report(found.ds_results, registry)
    issues = lac_validator.create_issue_df(report.report, report.error_report)
    rows = sum(len(table) for name, table in found.dfs.items() if name != "metadata")
    print(
        f"without report {validated - START:.2f} s; {rows:,} rows, {len(found.dones)} rules ran, "
        f"{len(found.skips)} skipped, {len(found.fails)} broke; {len(issues):,} issues"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
