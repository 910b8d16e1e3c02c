"""A quarter from its opening to its signature: lines are made, owners write them, somebody signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.model.words import date_in_words
from muster.submit.states import NotAllowed
from muster_web.accounts.mailing import write_to
from muster_web.accounts.viewer import Viewer
from muster_web.performance.actions.overtaken import Overtaken
from muster_web.performance.actions.telling import tell
from muster_web.performance.models import Holder, Line, Narrative, Plan, Quarter
from muster_web.performance.permissions import may_sign, refuse_unless_keeper, writable_lines
from muster_web.performance.queries.snapshotting import (
    snapshot_data,
    state_of,
)
from muster_web.performance.queries.way_up import owner_of

WITH_TREATMENTS = (2, 4)
_WRITTEN = (
    "comment", "set_light", "set_reason", "cannot_be_reported", "done_on", "says", "light", "source", "method",
    "checked_by", "estimated", "third_party", "concern",
)  # fmt: skip


@transaction.atomic
def open_quarter(*, viewer: Viewer, plan: Plan, part: int, comments_by: date | None = None) -> Quarter:
    """Open a quarter: a line for every indicator and milestone, in quarters 2 and 4 for every treatment too.

    Whoever holds an office that owns one is written to.

    Raises NotAllowed, and MusterError where it is open or there is nothing to report on.
    """
    refuse_unless_keeper(viewer, plan)
    if part not in (1, 2, 3, 4):
        raise MusterError("A year has four quarters; choose one of them.")
    if plan.quarters.filter(part=part).exists():
        raise MusterError("This quarter has been opened already.")
    quarter = Quarter.objects.create(plan=plan, part=part, opened_by=viewer.user, comments_by=comments_by)
    lines = Line.objects.bulk_create(_lines(quarter))
    if not lines:
        raise MusterError("The plan has no indicators and no milestones yet; import them first.")
    tell("quarter_opened", viewer, quarter, data={"lines": len(lines)})
    held = Holder.objects.filter(authority=plan.authority_id, office__in={one.owner for one in lines})
    write_to(
        [one.user for one in held.select_related("user")], "performance/mail/quarter_opened", quarter=quarter,
        by=date_in_words(comments_by) if comments_by else "",
    )  # fmt: skip
    return quarter


def _lines(quarter: Quarter) -> Iterable[Line]:
    plan = quarter.plan
    before = _milestones_before(quarter)
    for indicator in plan.indicators.all():
        yield Line(quarter=quarter, indicator=indicator, owner=indicator.owner)
    pieces = list(plan.pieces.all())
    above = {one.pk: one for one in pieces}
    for piece in (one for one in pieces if one.due_on and not one.closed_on):
        yield Line(quarter=quarter, piece=piece, owner=owner_of(piece, above), done_on=before.get(piece.pk))
    if quarter.part in WITH_TREATMENTS:
        for treatment in plan.treatments.all():
            yield Line(quarter=quarter, treatment=treatment, owner=treatment.owner)


def _milestones_before(quarter: Quarter) -> dict[int, date]:
    """The days on which milestones were done, as earlier quarters say."""
    done = Line.objects.filter(
        quarter__plan=quarter.plan, quarter__part__lt=quarter.part, done_on__isnull=False
    )
    return {
        one.piece_id: one.done_on for one in done.order_by("quarter__part") if one.piece_id and one.done_on
    }


@transaction.atomic
def write_line(*, viewer: Viewer, line: Line, seen: int, said: Mapping[str, Any]) -> Line:
    """Keep what the owner of a line says; ``said`` has fields of the line by name, ``seen`` is the edition shown.

    Raises NotAllowed where it is another's line or the quarter is published, Overtaken where somebody wrote it since
    it was shown, MusterError for a light without a reason.
    """
    now = Line.objects.select_for_update(of=("self",)).select_related("quarter__plan").get(pk=line.pk)
    if not writable_lines(viewer).filter(pk=now.pk).exists():
        raise NotAllowed("Only the owner of a line and the officers who keep the plan write it.")
    refuse_published(now.quarter)
    if now.edition != seen:
        raise Overtaken("line")
    for name in _WRITTEN:
        if name in said:
            setattr(now, name, said[name])
    if now.set_light and not now.set_reason.strip():
        raise MusterError(
            "A light that is set against the rule needs a reason; it is shown beside the light."
        )
    now.by, now.service, now.at = viewer.user, viewer.service, timezone.now()
    now.edition += 1
    now.save()
    tell("line_written", viewer, now.quarter, data={"line": now.pk, "edition": now.edition})
    return now


def refuse_published(quarter: Quarter) -> None:
    """Raise NotAllowed where the report of a quarter is out."""
    if quarter.published:
        raise NotAllowed(
            "This quarter is published; what it says stays as it is until a correction is begun."
        )


@transaction.atomic
def narrate(*, viewer: Viewer, narrative: Narrative) -> Narrative:
    """Put a text into the report of a quarter.  Raises NotAllowed, and MusterError for one left out without a date."""
    refuse_unless_keeper(viewer, narrative.quarter.plan)
    refuse_published(narrative.quarter)
    if narrative.kind == Narrative.Kind.WITHHELD and not narrative.expected.strip():
        raise MusterError("Say when the part that is left out is expected.")
    narrative.by = viewer.user
    narrative.save()
    tell("narrative_written", viewer, narrative.quarter, data={"narrative": narrative.pk})
    return narrative


@transaction.atomic
def remove_narrative(*, viewer: Viewer, narrative: Narrative) -> None:
    """Take a text out of the report again.  Raises NotAllowed."""
    refuse_unless_keeper(viewer, narrative.quarter.plan)
    refuse_published(narrative.quarter)
    tell("narrative_removed", viewer, narrative.quarter, data={"narrative": narrative.pk})
    narrative.delete()


def locked(quarter: Quarter) -> Quarter:
    """A quarter as it stands now, until the transaction ends."""
    return (
        Quarter.objects.select_for_update(of=("self",)).select_related("plan__authority").get(pk=quarter.pk)
    )


@transaction.atomic
def sign(*, viewer: Viewer, quarter: Quarter, office: str, state: str) -> Quarter:
    """Sign the statement on data quality, as it was shown in a ``state``.

    Raises NotAllowed where the viewer may not sign, or where something was written since it was shown.
    """
    refuse_unless_keeper(viewer, quarter.plan)
    if not may_sign(viewer):
        raise NotAllowed("Only an approver of the authority signs for the quality of its figures.")
    now = locked(quarter)
    refuse_published(now)
    if state_of(snapshot_data(now)) != state:
        raise NotAllowed("Something was written since this was shown; look at it again before you sign.")
    now.signed_by, now.signed_as, now.signed, now.signed_state = viewer.user, office, timezone.now(), state
    now.save()
    tell("quality_signed", viewer, now, data={"state": state})
    return now
