"""The findings of a return as the library gives them: the same shape, order and fingerprints as in a file of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from muster.catalogue import load_collection
from muster.model import CheckResult, Outcome, RuleOutcome
from muster.model import Finding as Found
from muster.report.findings import findings_json
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Finding, Return
from muster_web.returns.permissions import permissions
from muster_web.returns.queries.findings import notes_for


def sees_everything(viewer: Viewer, subject: Return) -> bool:
    """Whether nothing has to be hidden: the viewer may take the return away, or sent what there is of it."""
    if "export" in permissions(viewer, subject):
        return True
    upload = subject.current.upload if subject.current else None
    return (
        upload is not None
        and viewer.organisation is not None
        and upload.organisation_id == viewer.organisation.pk
    )


def as_found(subject: Return, rows: Iterable[Finding]) -> list[Found]:
    """Findings as the library made them, each with the explanation it has now."""
    found = list(rows)
    notes = notes_for(subject, found)
    return [_found(one, subject, notes[one.fingerprint].text if one.explained else "") for one in found]


def _found(row: Finding, subject: Return, explanation: str) -> Found:
    return Found(
        rule_id=row.rule, code=row.code, severity=row.severity, scope=row.scope,  # type: ignore[arg-type]
        ref=subject.organisation.ref, table=row.table, record=row.record, person=row.person, values=row.values,
        message=row.message, fix=row.fix, fingerprint=row.fingerprint, key=row.key, line=row.line,
        file=row.file, provisional=row.provisional, also=tuple(row.also), owners=row.owners,
        explanation=explanation, asks_source=row.asks_source,
    )  # fmt: skip


def whole_answer(subject: Return, findings: Iterable[Found]) -> dict[str, Any]:
    """The answer of a check as its JSON has it, with the counts of the whole return and these of its findings."""
    round = subject.round
    listed = tuple(findings)
    result = CheckResult(
        round.collection, round.year, (subject.organisation.ref,), listed, tuple(_outcomes(subject))
    )
    answer = findings_json(result)
    answer["verdict"] = _verdict(subject)
    return answer


def _outcomes(subject: Return) -> Iterable[RuleOutcome]:
    assert subject.current is not None
    said: dict[str, list[str]] = subject.current.rules
    failed = dict(subject.rule_counts.values_list("rule", "findings"))
    for rule in load_collection(subject.round.collection).rules_in(subject.round.year):
        count = failed.get(rule.id, 0)
        outcome, reason = said.get(rule.id, (Outcome.FAILED if count else Outcome.PASSED, ""))
        yield RuleOutcome(rule.id, rule.code, Outcome(outcome), count, reason)


def _verdict(subject: Return) -> dict[str, object]:
    """The counts as the return keeps them; lists and counts are of the same findings."""
    to_fix, to_explain = subject.to_fix, subject.to_explain
    text = f"{to_fix:,} to fix, {to_explain:,} to explain"
    clean = "nothing to fix, nothing to explain"
    asked = Finding.objects.filter(version=subject.current_id, subject=subject, asks_source=True).count()
    return {
        "text": text if to_fix or to_explain else clean, "to_fix": to_fix, "to_explain": to_explain,
        "explained": subject.explained, "to_ask": asked,
    }  # fmt: skip
