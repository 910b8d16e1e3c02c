"""How much memory a person lets a run take, as it is written and as engines want it."""

from __future__ import annotations

import re

from muster.model import MusterError

_AMOUNT = re.compile(r"(\d+)\s*([KMGT])i?B?", re.IGNORECASE)
_BYTES = {"K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
# Measured on nine million pupils: what DuckDB holds beside its own limit, with Python and the libraries, is a third
# of that limit.  Three quarters would come out at the amount itself, and did go over it; two thirds leave a ninth.
_OF_DATABASE = 2 / 3


def megabytes(memory: str) -> int:
    """An amount such as 2GB or 800MB in megabytes, at least one.  Raises MusterError."""
    found = _AMOUNT.fullmatch(memory.strip())
    if not found:
        raise MusterError(f"'{memory}' is no amount of memory; write it as 2GB or 800MB")
    return max(1, int(found[1]) * _BYTES[found[2].upper()] // 10**6)


def limit_of_database(memory: str) -> str:
    """The limit to set for DuckDB so that the whole process keeps to an amount.  Raises MusterError."""
    return f"{max(1, int(megabytes(memory) * _OF_DATABASE))}MB"


def java_size(memory: str) -> str:
    """An amount as Java takes it.  Raises MusterError."""
    return f"{megabytes(memory)}m"
