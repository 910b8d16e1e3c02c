"""What changed between two checks of the same return: fixed, still there, new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from muster.model import Finding


class Changes(NamedTuple):
    """Findings of a new version against the version before, by fingerprint."""

    fixed: tuple[str, ...]
    still: tuple[str, ...]
    new: tuple[str, ...]

    def as_json(self) -> dict[str, list[str]]:
        """The fingerprints as JSON-ready lists."""
        return {"fixed": list(self.fixed), "still": list(self.still), "new": list(self.new)}

    def __str__(self) -> str:
        return f"{len(self.fixed):,} fixed, {len(self.still):,} still there, {len(self.new):,} new"


def compare(before: Iterable[str], now: Iterable[Finding]) -> Changes:
    """Compare the fingerprints of the version before with the findings of now."""
    earlier = dict.fromkeys(before)
    current = dict.fromkeys(f.fingerprint for f in now)
    return Changes(
        tuple(f for f in earlier if f not in current),
        tuple(f for f in current if f in earlier),
        tuple(f for f in current if f not in earlier),
    )
