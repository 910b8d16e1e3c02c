"""Write privacy notices and note when which group of people was told."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.privacy.models import Notice, Told


@transaction.atomic
def publish_notice(*, viewer: Viewer, audience: str, text: str) -> Notice:
    """Publish the next version of an organisation's notice for an audience."""
    _refuse_unless_approver(viewer)
    if audience not in Notice.Audience.values:
        raise MusterError("Choose who the notice is for.")
    if not text.strip():
        raise MusterError("Write the notice.")
    assert viewer.organisation is not None, "an approver acts for an organisation"
    mine = Notice.objects.filter(organisation=viewer.organisation, audience=audience)
    last = mine.aggregate(last=Max("version"))["last"] or 0
    notice = Notice.objects.create(
        organisation=viewer.organisation,
        audience=audience,
        version=last + 1,
        text=text.strip(),
        by=viewer.user,
    )
    _tell("notice_published", viewer, notice)
    return notice


@transaction.atomic
def note_told(*, viewer: Viewer, notice: Notice, group: str, on: date, how: str) -> Told:
    """Note that a group of people was given a notice on a day."""
    _refuse_unless_approver(viewer)
    if notice.organisation != viewer.organisation:
        raise NotAllowed("The notice is another organisation's.")
    if not group.strip() or not how.strip():
        raise MusterError("Say who was told, and how.")
    if on > timezone.localdate():
        raise MusterError("The day is in the future; note it once they were told.")
    told = Told.objects.create(notice=notice, group=group.strip(), on=on, how=how.strip(), by=viewer.user)
    _tell("people_told", viewer, notice)
    return told


def _refuse_unless_approver(viewer: Viewer) -> None:
    if viewer.organisation is None or "manage_people" not in viewer.permissions_for(""):
        raise NotAllowed("Only an approver of the organisation keeps its notices.")


def _tell(name: str, viewer: Viewer, notice: Notice) -> None:
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"notice:{notice.pk}",
        organisations=[notice.organisation_id],
    )  # fmt: skip
