"""What the retention schedule says is due to go of the files between schools, and the preview of everything due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from muster.model.days import months_on
from muster.model.privacy import Kept
from muster_web.privacy.queries.due import Due, going, held
from muster_web.privacy.queries.due_beside import going_beside
from muster_web.transfers.models import LearnerBatch, Pupil, Transfer, TransferMessage
from muster_web.transfers.queries.retention import (
    BATCHES,
    LEFT,
    ON_ROLL,
    batches_before,
    files_before,
    pupils_before,
    schedule,
)

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


@dataclass(frozen=True)
class GoingPupils:
    """What a line stands for: the pupils who are forgotten."""

    rule: Kept
    since: date
    pupils: QuerySet[Pupil]

    def counted(self) -> Due:
        """The line with its counts; each pupil counts as a version."""
        return _due(self.rule, self.since, self.pupils.count())


@dataclass(frozen=True)
class GoingBatches:
    """What a line stands for: the batches to the Learning Records Service whose bytes and keys go."""

    rule: Kept
    since: date
    batches: QuerySet[LearnerBatch]

    def counted(self) -> Due:
        """The line with its counts; each batch counts as a version."""
        return _due(self.rule, self.since, self.batches.count())


def _due(rule: Kept, since: date, count: int) -> Due:
    return Due(
        0, TITLE, rule.what, rule.months, rule.confidence, since,
        returns=0, versions=count, findings=0, said=0, edits=0, bytes=0,
    )  # fmt: skip


def going_files(on: date | None = None) -> Iterator[GoingFiles | GoingPupils | GoingBatches]:
    """Every file, pupil and batch that is due on a day and not held, by the lines of the schedule."""
    day = on or timezone.localdate()
    kept = [one.organisation_id for one in held(day) if one.organisation_id and not one.round_id]
    for rule in schedule().values():
        since = months_on(day, -rule.months)
        if rule.what in (LEFT, ON_ROLL):
            pupils = pupils_before(rule.what, since).exclude(organisation__in=kept)
            found: GoingFiles | GoingPupils | GoingBatches = GoingPupils(rule, since, pupils)
        elif rule.what == BATCHES:
            found = GoingBatches(rule, since, batches_before(since).exclude(organisation__in=kept))
        else:
            files = files_before(rule.what, since)
            found = GoingFiles(rule, since, files.exclude(Q(sender__in=kept) | Q(receiver__in=kept)))
        if found.counted().versions:
            yield found


def preview(on: date | None = None) -> list[Due]:
    """The lines of the schedule that are due on a day: of returns, of files between schools, of what stands beside."""
    found = (*going(on), *going_files(on), *going_beside(on))
    return [one.counted() for one in found]
