"""Findings as the API shows them: version 1 of the findings JSON, in pages."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field


class FindingShape(Schema):
    """One finding; docs/reference/findings-json.md says what each name means."""

    of: str = Field(alias="return")
    rule: str
    code: str
    severity: str
    scope: str
    blocks: bool
    asks_source: bool
    provisional: bool
    table: str
    key: int | None
    record: str
    person: str
    values: dict[str, str | None]
    message: str
    fix: str
    owners: dict[str, str]
    also: list[str]
    explanation: str
    file: str
    line: int | None
    fingerprint: str


class RuleOutcomeShape(Schema):
    """What became of one rule."""

    rule: str
    code: str
    outcome: str
    findings: int
    reason: str


class PersonShape(Schema):
    """What stands against one person, or with '' against the return as a whole, among the findings listed."""

    of: str = Field(alias="return")
    person: str
    to_fix: int
    to_explain: int
    rules: list[str]


class VerdictShape(Schema):
    """How many findings of which kind there are in the whole return."""

    text: str
    to_fix: int
    to_explain: int
    explained: int
    to_ask: int


class FindingsShape(Schema):
    """One page of findings with the verdict on the whole return and what became of every rule."""

    format: str
    version: int
    collection: str
    year: int
    returns: list[str]
    verdict: VerdictShape
    findings: list[FindingShape]
    by_person: list[PersonShape]
    rules: list[RuleOutcomeShape]
    count: int
    page: int
    pages: int
    next: str | None
