"""The report of a quarter: its draft, the issues that were published, and what changed from one to the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from muster.model import MusterError
from muster.performance.quarterly import Change, Snapshot, changes_between, compose, for_publication
from muster.performance.quarterly.document import Document
from muster_web.performance.models import Issue, Quarter
from muster_web.performance.queries.snapshotting import checksum, read_data, snapshot_data


def snapshot_of_issue(issue: Issue) -> Snapshot:
    """The snapshot that was published.  Raises MusterError where its text is not the one that was."""
    if checksum(issue.snapshot) != issue.sha256:
        raise MusterError("the published snapshot is not the one that was published; restore a backup")
    return read_data(json.loads(issue.snapshot))[0]


def document_of(issue: Issue) -> Document:
    """The report that was published, made from its snapshot anew: the same however often."""
    return compose(for_publication(snapshot_of_issue(issue)))


def draft_of(quarter: Quarter) -> Document:
    """The report of a quarter as it would be if it were published now."""
    return compose(for_publication(read_data(snapshot_data(quarter))[0]), draft=True)


@dataclass(frozen=True)
class IssueShown:
    """An issue with what it changed of the one before; a first issue changed nothing."""

    issue: Issue
    changes: list[Change]


def issues_shown(quarter: Quarter) -> list[IssueShown]:
    """The issues of a quarter, the latest first."""
    return list(_with_changes(quarter.issues.select_related("by")))


def _with_changes(issues: Iterable[Issue]) -> Iterator[IssueShown]:
    listed = list(issues)
    made = [document_of(one) for one in listed]
    for place, one in enumerate(listed):
        before = made[place + 1 : place + 2]
        yield IssueShown(one, changes_between(before[0], made[place]) if before else [])
