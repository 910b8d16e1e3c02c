"""Text that is pasted, as the file it would be: a table that a spreadsheet copied is one with tabs."""

from __future__ import annotations

import csv
from io import StringIO

MOST_PASTED = 1_000_000  # letters


def as_file(text: str) -> tuple[str, list[bytes]]:
    """The name and the bytes of a file that holds a pasted text; rows with tabs are CSV."""
    lines = text.strip("\r\n").splitlines()
    if not lines or not all("\t" in line for line in lines if line.strip()):
        return "pasted.txt", [text.encode()]
    written = StringIO()
    csv.writer(written).writerows(line.split("\t") for line in lines)
    return "pasted.csv", [written.getvalue().encode()]
