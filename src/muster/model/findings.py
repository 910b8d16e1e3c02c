"""What a check says: outcomes per rule and findings per record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from muster.model.collection import Scope, Severity
from muster.model.words import count_of


class Outcome(StrEnum):
    """What became of a rule; a rule that could not run is never a pass."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run"
    BROKE = "broke"


class RuleOutcome(NamedTuple):
    """What became of one rule in one run; ``reason`` is set when it did not run or broke."""

    rule_id: str
    code: str
    outcome: Outcome
    findings: int = 0
    reason: str = ""


_NOBODY: Mapping[str, str] = {}


class Finding(NamedTuple):
    """Something wrong with data: where, what, the values, and what to do.

    ``values`` are the items the rule looked at on the record, as received.  ``fingerprint`` is equal
    wherever the same data break the same rule.  ``record`` names the record to a person, and ``person`` says
    whose it is, '' where it is nobody's.  ``asks_source``
    marks a question that linking has to the files a return was made from: it is not about the return itself,
    so checking the written file would not find it, and it is counted apart.

    There can be very many, and a tuple is made four times as fast as a frozen dataclass.
    """

    rule_id: str
    code: str
    severity: Severity
    scope: Scope
    ref: str
    table: str
    record: str
    values: Mapping[str, str | None]
    message: str
    fix: str
    fingerprint: str
    key: int | None = None
    line: int | None = None
    file: str = ""
    provisional: bool = False
    also: tuple[str, ...] = ()
    owners: Mapping[str, str] = _NOBODY
    explanation: str = ""
    asks_source: bool = False
    person: str = ""

    @property
    def blocks(self) -> bool:
        """Whether this finding stands in the way of submitting."""
        if self.asks_source:
            return False
        return self.severity == "error" or not self.explanation


class Counted:
    """What can be counted of findings: a mixin of whatever holds some."""

    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """The answer in a few words, such as ``12 to fix, 9 to explain``."""
        if not (self.to_fix or self.to_explain):
            return "nothing to fix, nothing to explain"
        return f"{self.to_fix:,} to fix, {self.to_explain:,} to explain"

    @property
    def to_fix(self) -> int:
        """How many errors stand."""
        return sum(1 for f in self.findings if f.severity == "error" and f.blocks)

    @property
    def to_explain(self) -> int:
        """How many queries have no explanation yet."""
        return sum(1 for f in self.findings if f.severity == "query" and f.blocks)


@dataclass(frozen=True)
class CheckResult(Counted):
    """The whole answer of one run over one or more returns."""

    collection: str
    year: int
    refs: tuple[str, ...]
    findings: tuple[Finding, ...]
    outcomes: tuple[RuleOutcome, ...]

    @property
    def to_ask(self) -> int:
        """How many questions there are to the sources of the returns."""
        return sum(1 for f in self.findings if f.asks_source)

    @property
    def explained(self) -> int:
        """How many queries carry an explanation."""
        return sum(1 for f in self.findings if f.severity == "query" and f.explanation and not f.asks_source)


class Cause(NamedTuple):
    """Findings of one rule that came through one place: a column of a file, or an item of a return."""

    rule_id: str
    code: str
    severity: str
    source: str
    column: str
    findings: int
    values: int
    kind: Literal["conversion", "entry"]
    example: str

    def __str__(self) -> str:
        rows = f"{count_of(self.findings, 'row')}, one column: {self.column} of {self.source}"
        if self.kind == "conversion":
            return (
                f"{rows}. Nearly every value fails, so look at the export or the mapping, not at the records."
            )
        return f"{rows}. Most values are right, so correct the records."
