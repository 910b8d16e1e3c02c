"""Take many returns away as one zip: asked for by somebody who may, made by a worker, deleted a day later."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.privacy.actions.exporting import file_of
from muster_web.privacy.actions.sharing import refuse_export_without_agreement
from muster_web.privacy.models import Export
from muster_web.returns.models import Return, Round, Version
from muster_web.returns.permissions import permissions

KEPT_FOR = timedelta(hours=24)
_TOLD_EVERY = 5


@transaction.atomic
def ask_for_export(*, viewer: Viewer, round: Round, subjects: Iterable[Return], what: str) -> Export:
    """Queue an export of loaded returns.

    Raises NotAllowed where the viewer may not take one of them away or no agreement lets them, and MusterError where
    there is nothing to take away.
    """
    chosen = [one for one in subjects if one.current_id is not None]
    if what not in Export.What.values:
        raise MusterError("Choose what to take away.")
    if not chosen or viewer.organisation is None:
        raise MusterError("None of the chosen returns holds any data.")
    _refuse_unless_allowed(viewer, chosen)
    row = Export.objects.create(
        round=round, organisation=viewer.organisation, by=viewer.user, what=what,
        returns=[one.pk for one in chosen],
    )  # fmt: skip
    record(
        "export_asked", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"export:{row.pk}",
        organisations={one.organisation_id for one in chosen} | {viewer.organisation.pk},
        data={"what": what, "returns": row.returns},
    )  # fmt: skip
    transaction.on_commit(partial(make_export.enqueue, str(row.pk)))
    return row


def _refuse_unless_allowed(viewer: Viewer, chosen: list[Return]) -> None:
    refused = [one for one in chosen if "export" not in permissions(viewer, one)]
    if refused:
        shown = ", ".join(str(one.organisation) for one in refused[:3])
        more = f" and {len(refused) - 3:,} more" if len(refused) > 3 else ""
        raise NotAllowed(f"Your account does not let you take away the returns of {shown}{more}.")
    refuse_export_without_agreement(viewer, chosen)


@task(queue_name="default")
def make_export(export: str) -> None:
    """Make the zip of an export; done once, and begun anew where a worker was lost."""
    row = Export.objects.select_related("round").get(pk=export)
    if row.ended:
        return
    row.started, row.done, row.left_out = timezone.now(), 0, []
    row.save(update_fields=["started", "done", "left_out"])
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            _fill(archive, row)
        row.size = file.tell()
        file.seek(0)
        row.stored = default_storage.save(f"exports/{row.pk}.zip", File(file))
    row.ended = timezone.now()
    row.save()


def _fill(archive: zipfile.ZipFile, row: Export) -> None:
    versions = Version.objects.filter(pk__in=Return.objects.filter(pk__in=row.returns).values("current"))
    found = versions.select_related("subject__round", "subject__organisation").order_by(
        "subject__organisation__la_code", "subject__organisation__estab"
    )
    for number, version in enumerate(found.iterator(chunk_size=50), 1):
        try:
            _add(archive, version, row.what)
        except MusterError as refusal:
            row.left_out.append({"return": version.subject.organisation.ref, "reason": str(refusal)})
        if number % _TOLD_EVERY == 0 or number == len(row.returns):
            row.done = number
            row.save(update_fields=["done", "left_out"])


def _add(archive: zipfile.ZipFile, version: Version, what: str) -> None:
    if not version.stored:
        raise MusterError("the file was deleted under the retention schedule")
    taken = file_of(version, what)
    ref = version.subject.organisation.ref.replace("/", "-")
    name = f"{ref}_v{version.number}_{taken.name}" if what == Export.What.ORIGINAL else taken.name
    archive.writestr(name, taken.content)


@transaction.atomic
def take_export(*, viewer: Viewer, export: Export) -> IO[bytes]:
    """The zip, for the one who asked; what they may take away is asked again, and who took it is audited."""
    if export.by_id is None or viewer.user is None or export.by_id != viewer.user.pk:
        raise NotAllowed("Only the person who asked for an export takes it away.")
    if not export.stored:
        raise NotAllowed("The export is deleted a day after it was made; ask for it again.")
    subjects = list(Return.objects.select_related("round", "organisation").filter(pk__in=export.returns))
    _refuse_unless_allowed(viewer, subjects)
    record(
        "export_taken", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"export:{export.pk}",
        organisations={one.organisation_id for one in subjects} | {export.organisation_id},
        data={"what": export.what, "returns": export.returns},
    )  # fmt: skip
    return default_storage.open(export.stored, "rb")


def delete_old_exports() -> int:
    """Delete the zips that were made a day ago; how many.  The clock calls this."""
    old = Export.objects.exclude(stored="").filter(ended__lt=timezone.now() - KEPT_FOR)
    for row in old:
        default_storage.delete(row.stored)
        row.stored, row.deleted = "", timezone.now()
        row.save(update_fields=["stored", "deleted"])
    return len(old)
