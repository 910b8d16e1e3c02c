"""What the retention schedule says is due to go of the files between schools, and the preview of everything due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from muster.model.privacy import Kept
from muster_web.privacy.queries.due import Due, going, held, months_before
from muster_web.transfers.models import Transfer, TransferMessage
from muster_web.transfers.queries.retention import files_before, schedule

TITLE = "Files between schools"


@dataclass(frozen=True)
class GoingFiles:
    """What a line stands for: the files whose bytes and keys go."""

    rule: Kept
    since: date
    files: QuerySet[Transfer]

    def counted(self) -> Due:
        """The line with its counts; each file counts as a version."""
        said = TransferMessage.objects.filter(transfer__in=self.files).count()
        size = self.files.aggregate(bytes=Sum("size"))["bytes"] or 0
        return Due(
            0, TITLE, self.rule.what, self.rule.months, self.rule.confidence, self.since,
            returns=0, versions=self.files.count(), findings=0, said=said, edits=0, bytes=size,
        )  # fmt: skip


def going_files(on: date | None = None) -> Iterator[GoingFiles]:
    """Every file that is due on a day and not held, by the lines of the schedule."""
    day = on or timezone.localdate()
    for rule in schedule().values():
        since = months_before(day, rule.months)
        files = _not_held(files_before(rule.what, since), day)
        if files.exists():
            yield GoingFiles(rule, since, files)


def preview(on: date | None = None) -> list[Due]:
    """The lines of the schedule that are due on a day: of returns, then of files between schools."""
    return [*(one.counted() for one in going(on)), *(one.counted() for one in going_files(on))]


def _not_held(files: QuerySet[Transfer], day: date) -> QuerySet[Transfer]:
    kept = [one.organisation_id for one in held(day) if one.organisation_id and not one.round_id]
    return files.exclude(Q(sender__in=kept) | Q(receiver__in=kept)) if kept else files
