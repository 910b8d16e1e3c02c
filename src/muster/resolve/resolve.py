"""What stands between findings and a return that can be sent: explanations, changes, causes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from muster.model import Cause, CheckResult, Return
from muster.resolve.causes import causes
from muster.resolve.changes import Changes, compare
from muster.resolve.notes import Notes, apply_notes


class Resolution(NamedTuple):
    """A result with its explanations, the likely causes, and what changed since the version before."""

    result: CheckResult
    causes: tuple[Cause, ...]
    changes: Changes | None


def resolve(
    result: CheckResult, returns: Sequence[Return], notes: Notes, before: Iterable[str] | None = None
) -> Resolution:
    """Carry explanations to a result, group it by cause and compare it with the version before, if any."""
    explained = apply_notes(result, notes)
    changes = None if before is None else compare(before, explained.findings)
    return Resolution(explained, causes(explained.findings, returns), changes)
