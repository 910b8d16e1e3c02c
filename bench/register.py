"""How long a whole official register takes, first and when refreshed, against merely reading its CSV.

    python -m bench.register            22,000 establishments with 140 columns each, on SQLite

Times are processor seconds.  The establishments are invented: the columns are the official ones, with values as long
as theirs are on average.
"""

from __future__ import annotations

import csv
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROWS, COLUMNS, LENGTH = 22_000, 140, 10


def write(path: Path, changed: int = 0) -> None:
    """A register of ROWS establishments, the first so many with another name than before."""
    from muster_web.accounts.register.files import NEEDED

    others = [f"Column {n}" for n in range(COLUMNS - len(NEEDED))]
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*NEEDED, *others])
        for n in range(ROWS):
            la, estab = 201 + n // 150, 1000 + n % 150
            name = f"School {n}{' renamed' if n < changed else ''}"
            said = [400_000 + n, la, f"Authority {la}", estab, name, "1", "4", "1", "01-09-1999", ""]
            writer.writerow([*said, *("x" * LENGTH for _ in others)])


def seconds(work: Callable[[], object]) -> float:
    """The processor seconds of a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Take a register over into an empty database, then twice more, and print how long each took."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(MUSTER_DATA=folder, DJANGO_SETTINGS_MODULE="muster_web.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(Path(folder) / "register.csv")


def _measure(path: Path) -> None:
    from muster_web.accounts.actions.registering import refresh
    from muster_web.accounts.register.files import rows_of
    from muster_web.accounts.viewer import SYSTEM

    write(path)
    bare = seconds(lambda: list(rows_of(path)))
    for what, changed in (("first", 0), ("again, nothing changed", 0), ("again, 200 changed", 200)):
        write(path, changed)
        taken = seconds(lambda: refresh(viewer=SYSTEM, path=path, on=date(2025, 4, 22), la_codes={}))
        print(f"{ROWS:,} establishments, {what}: {taken:.1f} s, {taken / bare:.1f} times reading the CSV")


if __name__ == "__main__":
    main()
