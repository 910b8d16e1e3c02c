"""Whether a return may be submitted, and if not, exactly what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muster.model import CheckResult, Finding, Outcome
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
    own: dict[str, list[Finding]] = {ref: [] for ref in result.refs}
    for finding in result.findings:
        own.setdefault(finding.ref, []).append(finding)
    return tuple(_of_one(ref, own[ref], broke) for ref in result.refs)


def _of_one(ref: str, findings: Sequence[Finding], broke: Sequence[str]) -> Readiness:
    about = [f for f in findings if not f.asks_source]
    to_fix = sum(f.severity == "error" for f in about)
    explained = sum(f.severity == "query" and bool(f.explanation) for f in about)
    to_explain = len(about) - to_fix - explained
    to_answer = sum(f.asks_source and f.severity == "error" for f in findings)
    reasons = [
        count_of(count, *words)
        for count, words in (
            (to_fix, ("error to fix", "errors to fix")),
            (to_explain, ("query to explain", "queries to explain")),
            (to_answer, ("question to the sources to answer", "questions to the sources to answer")),
        )
        if count
    ]
    reasons += [f"rule {code} broke, so the return is not fully checked" for code in broke]
    return Readiness(ref, to_fix, to_explain, explained, tuple(reasons))
