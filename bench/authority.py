"""An authority of 500 schools and 50,000 staff: a folder of official XML to findings as Parquet, on both cores.

The floor is lxml's bare parse of the same files in one process.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from lxml import etree

from bench.measure import OUT, REGISTER, muster, real_data_absent, table

SCHOOLS, STAFF = 500, 50_000


def folder(schools: int = SCHOOLS, staff: int = STAFF) -> Path:
    """The returns to check, generated once."""
    target = OUT / f"authority-{schools}-{staff}"
    if not target.exists():
        muster(
            "sample", target, "--register", REGISTER, "--schools", str(schools), "--staff", str(staff),
            "--format", "xml", "--quiet",
        )  # fmt: skip
    return target


def floor(files: list[Path]) -> float:
    """Seconds to parse every file with lxml and do nothing with it."""
    start = time.perf_counter()
    for file in files:
        etree.parse(file)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    if real_data_absent():
        return
    returns = folder()
    files = sorted(returns.glob("*.xml"))
    size = sum(file.stat().st_size for file in files) / 1e6
    bare = floor(files)
    checked = muster("check", returns, "--parquet", OUT / "authority-findings.parquet", "--quiet")
    rows = [
        ("lxml bare parse, one core", f"{bare:.1f} s", "1.0", ""),
        (
            f"muster check to Parquet, {os.cpu_count()} cores",
            f"{checked.seconds:.1f} s",
            f"{checked.seconds / bare:.1f}",
            f"{checked.megabytes:,.0f} MB",
        ),
    ]
    title = f"An authority: {len(files)} schools, {STAFF:,} staff, {size:,.0f} MB (goal: 60 s, under 1 GB)"
    table(title, ("what", "time", "× floor", "memory of all processes"), rows)


if __name__ == "__main__":
    main()
