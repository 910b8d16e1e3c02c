"""What was sent in one go, for whoever sent it: each file with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import Http404

from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import MachineRun, Upload, Version
from muster_web.returns.permissions import returns_to_send_for
from muster_web.returns.queueing import position


@dataclass(frozen=True)
class Sent:
    """An upload with its files, read once."""

    upload: Upload
    versions: list[Version]

    @property
    def is_done(self) -> bool:
        """Whether every file was checked or refused."""
        waiting = any(one.outcome == Version.Outcome.WAITING for one in self.versions)
        return self.upload.state != "received" and not waiting

    @cached_property
    def checks_before(self) -> int:
        """How many checks come before the last of these files."""
        runs = MachineRun.objects.filter(version__in=self.versions, ended=None)
        return max((position(run) for run in runs), default=0)


def get_upload(viewer: Viewer, pk: UUID) -> Sent:
    """An upload of the viewer's organisation with the versions made of it, or Http404."""
    upload = Upload.objects.filter(pk=pk, organisation=viewer.organisation).first()
    if upload is None or viewer.organisation is None:
        raise Http404
    versions = Version.objects.filter(upload=upload, subject__in=returns_to_send_for(viewer))
    return Sent(upload, list(versions.select_related("subject__organisation").order_by("name", "pk")))
