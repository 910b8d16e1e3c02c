"""Published quarterly reports as the API shows them: what a reader sees, piece by piece, and what an issue changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema

from muster.performance.quarterly.document import Cell, Document, Heading, Piece
from muster_web.performance.models import Quarter
from muster_web.performance.queries.issues import IssueShown


class ReportLine(Schema):
    """The report of a quarter in a list; ``issue`` is the number of the last one that is out."""

    quarter: int
    service: str
    period: str
    issue: int
    published: datetime


class DifferenceShape(Schema):
    """One difference from the issue before; '' where nothing stood there or stands there now."""

    section: str
    what: str
    before: str
    after: str


class IssueShape(Schema):
    """One issue of a report, why it replaced the one before, and what it changed."""

    number: int
    reason: str
    published: datetime
    sha256: str
    changes: list[DifferenceShape]


class CellShape(Schema):
    """One cell of a table: its text, and its light, '' where it has none."""

    text: str
    light: str


class ReportPiece(Schema):
    """A ``heading``, a ``paragraph`` or a ``table``; of a table ``text`` is the caption."""

    kind: str
    text: str
    headings: list[str]
    rows: list[list[CellShape]]


class ReportShape(Schema):
    """One issue of a report, as it is read: numbers too small to be published are in none of its forms."""

    quarter: int
    issue: int
    title: str
    facts: dict[str, str]
    pieces: list[ReportPiece]
    issues: list[IssueShape]


def report_line(quarter: Quarter) -> dict[str, Any]:
    """The report of a quarter in a list."""
    last = quarter.issues.all()[0]
    return {
        "quarter": quarter.pk, "service": quarter.plan.service, "period": str(quarter.period), "issue": last.number,
        "published": last.at,
    }  # fmt: skip


def report_as_shown(number: int, document: Document, issues: list[IssueShown]) -> dict[str, Any]:
    """One issue with what all of them changed."""
    return {
        "quarter": issues[0].issue.quarter_id, "issue": number, "title": document.title,
        "facts": dict(document.facts), "pieces": [_piece(one) for one in document.pieces],
        "issues": [_issue(one) for one in issues],
    }  # fmt: skip


def _issue(shown: IssueShown) -> dict[str, Any]:
    one = shown.issue
    changes = [vars(change) for change in shown.changes]
    return {
        "number": one.number, "reason": one.reason, "published": one.at, "sha256": one.sha256, "changes": changes,
    }  # fmt: skip


def _piece(piece: Piece) -> dict[str, Any]:
    plain: dict[str, Any] = {"headings": [], "rows": []}
    if isinstance(piece, str):
        return {"kind": "paragraph", "text": piece, **plain}
    if isinstance(piece, Heading):
        return {"kind": "heading", "text": piece.full, **plain}
    rows = [[_cell(cell) for cell in row] for row in piece.rows]
    return {"kind": "table", "text": piece.caption, "headings": list(piece.headings), "rows": rows}


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": cell.text, "light": cell.light.value if cell.light else ""}
