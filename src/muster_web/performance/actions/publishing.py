"""Publish the report of a quarter, and correct it by another issue; what was published stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from muster.model import MusterError
from muster.model.words import count_of
from muster.performance import Remark
from muster.performance.quarterly import changes_between
from muster.submit.states import NotAllowed
from muster_web.accounts.mailing import write_to
from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer
from muster_web.performance.actions.quarters import locked, refuse_published
from muster_web.performance.actions.telling import tell
from muster_web.performance.models import Amount, Holder, Issue, Quarter
from muster_web.performance.permissions import refuse_unless_keeper
from muster_web.performance.queries.checking import must_go, problems_of_quarter
from muster_web.performance.queries.issues import document_of, draft_of
from muster_web.performance.queries.snapshotting import (
    as_bytes,
    checksum,
    last_figures,
    read_data,
    snapshot_data,
)

TOO_SMALL = "There is no figure, or the number behind it is too small to be published."


@transaction.atomic
def publish(*, viewer: Viewer, quarter: Quarter, confirmed: Iterable[str] = ()) -> Quarter:
    """Publish the report of a quarter: from now on it is made from the snapshot that is taken here.

    ``confirmed`` are the texts of defects that somebody looked at and says are none.  Raises NotAllowed while something
    stands in the way.
    """
    refuse_unless_keeper(viewer, quarter.plan)
    now = locked(quarter)
    refuse_published(now)
    if now.being_computed:
        raise NotAllowed("The figures are being computed; wait until they are there.")
    data, seen = snapshot_data(now), set(confirmed)
    problems = problems_of_quarter(now, data)
    _refuse_while(problems, seen)
    before = now.issues.first()
    if before and not changes_between(document_of(before), draft_of(now)):
        raise NotAllowed(
            f"Nothing of the report differs from issue {before.number}; correct it, or leave it as it was."
        )
    made = _issue(viewer, now, data, [str(one) for one in problems])
    now.published, now.correcting = made.at, ""
    now.save(update_fields=["published", "correcting"])
    _keep_values(now, data)
    told = {"issue": made.number, "sha256": made.sha256, "confirmed": made.confirmed}
    tell("quarter_published", viewer, now, data=told)
    if before:
        write_to(_to_be_told(now), "performance/mail/report_reissued", quarter=now, issue=made)
    return now


def _issue(viewer: Viewer, quarter: Quarter, data: dict[str, Any], confirmed: list[str]) -> Issue:
    text = as_bytes(data)
    return Issue.objects.create(
        quarter=quarter, number=quarter.issues.count() + 1, reason=quarter.correcting, snapshot=text,
        sha256=checksum(text), confirmed=confirmed, by=viewer.user,
    )  # fmt: skip


def _to_be_told(quarter: Quarter) -> list[User]:
    """Who read an issue that is replaced, and who holds an office that the quarter is about."""
    offices = quarter.lines.order_by().values("owner")
    held = Holder.objects.filter(authority=quarter.plan.authority_id, office__in=offices)
    readers = Issue.readers.through.objects.filter(issue__quarter=quarter)
    return list(
        User.objects.filter(Q(pk__in=readers.values("user")) | Q(pk__in=held.values("user")), is_active=True)
    )


@transaction.atomic
def correct(*, viewer: Viewer, quarter: Quarter, reason: str) -> Quarter:
    """Open a published quarter again to correct its report; what was published stays, and is read until another is.

    Raises NotAllowed where it is not published, MusterError without a reason.
    """
    refuse_unless_keeper(viewer, quarter.plan)
    now = locked(quarter)
    if not now.published:
        raise NotAllowed("This quarter is open; there is nothing published to correct.")
    if not reason.strip():
        raise MusterError("Say why the report is corrected; every reader of the next issue sees it.")
    now.published, now.correcting = None, reason.strip()
    now.save(update_fields=["published", "correcting"])
    tell("correction_begun", viewer, now)
    return now


@transaction.atomic
def leave_as_published(*, viewer: Viewer, quarter: Quarter) -> Quarter:
    """End a correction without another issue; lines written meanwhile are kept, and are in no report.

    Raises NotAllowed where none is begun.
    """
    refuse_unless_keeper(viewer, quarter.plan)
    now = locked(quarter)
    last = now.issues.first()
    if last is None or not now.correcting:
        raise NotAllowed("This quarter is not being corrected.")
    now.published, now.correcting = last.at, ""
    now.save(update_fields=["published", "correcting"])
    tell("correction_ended", viewer, now, data={"issue": last.number})
    return now


def note_reader(*, viewer: Viewer, issue: Issue) -> None:
    """Note who reads an issue, so that they can be told of a later one."""
    if viewer.user:
        issue.readers.add(viewer.user)


def _keep_values(quarter: Quarter, data: dict[str, Any]) -> None:
    """What was computed is the actual value of the quarter from now on, so that later ones are compared with it.

    A number too small to be published is kept with the figure alone: no later report could tell that it is one.
    """
    figures = last_figures(quarter)
    few = {one.measure.ref for one in read_data(data)[0].entries if one.computed and one.computed.is_of_few}
    for one in quarter.plan.indicators.filter(figure__in=figures):
        figure = figures[one.figure]
        known = figure.value and one.ref not in few
        Amount.objects.update_or_create(
            indicator=one, kind="actual", period=quarter.label,
            defaults={"text": figure.value if known else "n/a", "note": figure.coverage if known else TOO_SMALL},
        )  # fmt: skip


def _refuse_while(problems: Iterable[Remark], seen: set[str]) -> None:
    left = [one for one in problems if must_go(one) or str(one) not in seen]
    if left:
        raise NotAllowed(
            f"{count_of(len(left), 'remark')} to look at before it is published, the first: {left[0]}."
        )
