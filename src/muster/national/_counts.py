"""How often each rule failed, by authority, with a word on every rule and authority that was not asked."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from muster.engines.tables import Found
from muster.model import Outcome, RuleOutcome
from muster.model.writing import write_whole
from muster.national._asked import Asked

HEADINGS = ("rule", "code", "severity", "authority", "outcome", "findings", "returns", "reason")


def write_counts(asked: Asked, outcomes: Sequence[RuleOutcome], found: Sequence[Found], path: Path) -> None:
    """Write a line for each rule and authority with findings, and for each that could not be asked.

    A rule that nothing was found by, that did not run at all or broke has one line, without an authority.
    """
    by_rule: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        by_rule[one.rule_id].append(one)
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(HEADINGS)
    for outcome in outcomes:
        severity = asked.rules[outcome.rule_id].severity
        for authority, *rest in _lines(asked, outcome, by_rule[outcome.rule_id]):
            writer.writerow([outcome.rule_id, outcome.code, severity, authority, *rest])
    write_whole(path, held.getvalue().encode())


_Line = tuple[str, str, int | str, int | str, str]


def _lines(asked: Asked, outcome: RuleOutcome, found: Sequence[Found]) -> Iterator[_Line]:
    if outcome.outcome in (Outcome.NOT_RUN, Outcome.BROKE):
        yield "", str(outcome.outcome), "", "", outcome.reason
        return
    left_out = asked.authorities_left_out(asked.rules[outcome.rule_id])
    counted = {one.authority: one for one in found}
    for authority in sorted({*counted, *left_out}):
        yield _line(authority, counted.get(authority), left_out, outcome.reason)
    if not counted:
        yield "", str(outcome.outcome), 0, 0, outcome.reason


def _line(authority: str, one: Found | None, left_out: Mapping[str, int], reason: str) -> _Line:
    if one:
        return authority, str(Outcome.FAILED), one.findings, one.returns, reason
    return authority, str(Outcome.NOT_RUN), "", left_out[authority], reason
