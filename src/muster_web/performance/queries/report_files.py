"""The report of a quarter as files; the same issue always gives the same bytes."""

from __future__ import annotations

from muster.performance.quarterly import as_csv, as_docx, as_html, as_pdf
from muster.performance.quarterly.document import Document
from muster_web.performance.models import Issue

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "html": "text/html; charset=utf-8", "docx": _WORD, "pdf": "application/pdf", "csv": "text/csv; charset=utf-8",
}  # fmt: skip
_MAKE = {"html": as_html, "docx": as_docx, "pdf": as_pdf, "csv": as_csv}


def report_bytes(document: Document, kind: str) -> bytes:
    """A report as a file of one of the kinds."""
    return _MAKE[kind](document)


def name_of(issue: Issue, kind: str) -> str:
    """The name of the file of an issue: its year and quarter, and its number where it is not the first."""
    quarter = issue.quarter
    numbered = f"-issue-{issue.number}" if issue.number > 1 else ""
    return f"quarterly-report-{quarter.plan.year}-q{quarter.part}{numbered}.{kind}"
