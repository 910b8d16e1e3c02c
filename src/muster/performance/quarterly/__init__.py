"""The quarterly report: one snapshot of a plan's figures, and from it always the same pages."""

from muster.performance.quarterly.changes import Change, changes_between
from muster.performance.quarterly.composing import compose
from muster.performance.quarterly.problems import problems_of
from muster.performance.quarterly.publishing import for_publication
from muster.performance.quarterly.reading import read_snapshot, snapshot_of
from muster.performance.quarterly.rendering import as_csv, as_docx, as_html, as_pdf
from muster.performance.quarterly.snapshot import Snapshot

__all__ = [
    "Change",
    "Snapshot",
    "as_csv",
    "as_docx",
    "as_html",
    "as_pdf",
    "changes_between",
    "compose",
    "for_publication",
    "problems_of",
    "read_snapshot",
    "snapshot_of",
]
