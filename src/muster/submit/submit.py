"""Whether a return may be submitted, and if not, exactly what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from muster.model import CheckResult, Outcome
from muster.model.words import count_of


@dataclass(frozen=True)
class Readiness:
    """The answer for one return; ``reasons`` is empty exactly when it may be submitted."""

    ref: str
    to_fix: int
    to_explain: int
    explained: int
    reasons: tuple[str, ...]

    @property
    def may_submit(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.reasons


def readiness(result: CheckResult) -> tuple[Readiness, ...]:
    """The readiness of each return of a checked run, in the order of the run."""
    broke = [o.code for o in result.outcomes if o.outcome is Outcome.BROKE]
    counts = _counts(result)
    return tuple(_of_one(ref, *counts[ref], broke) for ref in result.refs)


def _counts(result: CheckResult) -> dict[str, tuple[int, int, int]]:
    counts = {ref: [0, 0, 0] for ref in result.refs}
    for finding in result.findings:
        if finding.suspended or finding.asks_source:
            continue
        kind = 0 if finding.severity == "error" else 2 if finding.explanation else 1
        counts.setdefault(finding.ref, [0, 0, 0])[kind] += 1
    return {ref: (a, b, c) for ref, (a, b, c) in counts.items()}


def _of_one(ref: str, to_fix: int, to_explain: int, explained: int, broke: Iterable[str]) -> Readiness:
    reasons = []
    if to_fix:
        reasons.append(f"{count_of(to_fix, 'error')} to fix")
    if to_explain:
        reasons.append(f"{count_of(to_explain, 'query', 'queries')} to explain")
    reasons += [f"rule {code} broke, so the return is not fully checked" for code in broke]
    return Readiness(ref, to_fix, to_explain, explained, tuple(reasons))
