"""Run every measurement and print the tables: ``make bench``."""

from __future__ import annotations

import subprocess
import sys

PARTS: tuple[tuple[str, list[str]], ...] = (
    ("bench.reader", ["--big"]),
    ("bench.school", []),
    ("bench.desk", []),
    ("bench.authority", []),
    ("bench.children", []),
    ("bench.overhead", []),
    ("bench.rows", []),
    ("bench.transfers", []),
    ("bench.figures", []),
    ("bench.nation", []),
    ("bench.nation", ["--growth"]),
    ("bench.census", []),
    ("bench.register", []),
    ("bench.service", []),
)


def main() -> int:
    """Run the parts one after the other, each in a process of its own; the number that failed."""
    return sum(subprocess.run([sys.executable, "-m", part, *words]).returncode != 0 for part, words in PARTS)


if __name__ == "__main__":
    raise SystemExit(main())
