"""Take a return away: the file as it came, the file with the changes made here, its tables, its findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404

from muster.inspecting import Inspected, corrected_xml, figures_zip, tables_zip, workbook_of_findings
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.privacy.actions.sharing import refuse_export_without_agreement
from muster_web.returns.actions.checking import inspect
from muster_web.returns.files import chunks_of
from muster_web.returns.models import Return, Version
from muster_web.returns.permissions import permissions

_MADE: dict[str, tuple[str, str, Callable[[Inspected], bytes]]] = {
    "corrected": ("xml", "application/xml", corrected_xml),
    "tables": ("zip", "application/zip", tables_zip),
    "figures": ("zip", "application/zip", figures_zip),
    "findings": (
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook_of_findings,
    ),
}  # fmt: skip
KINDS = ("original", *_MADE)


@dataclass(frozen=True)
class TakenAway:
    """A file somebody takes away, with its name and media type."""

    content: bytes
    name: str
    kind: str


def take_away(*, viewer: Viewer, subject: Return, what: str) -> TakenAway:
    """Give one of the kinds of file, and note in the audit who took it.

    Raises Http404 where there is none, and NotAllowed where the viewer may not export or no agreement stands.
    """
    version = subject.current
    if version is None or what not in KINDS:
        raise Http404
    if "export" not in permissions(viewer, subject):
        raise NotAllowed("Your account does not let you take this return away.")
    refuse_export_without_agreement(viewer, [subject])
    taken = file_of(version, what)
    record(
        "return_exported", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"return:{subject.pk}",
        organisations=[subject.organisation_id], data={"what": what, "version": version.number},
    )  # fmt: skip
    return taken


def file_of(version: Version, what: str) -> TakenAway:
    """One of the kinds of file of a version, whoever asks.  Raises MusterError where it cannot be read."""
    return _original(version) if what == "original" else _made(version, what)


def _original(version: Version) -> TakenAway:
    content = b"".join(chunks_of(version.stored))
    return TakenAway(content, version.name.rpartition("/")[2], "application/octet-stream")


def _made(version: Version, what: str) -> TakenAway:
    ending, kind, make = _MADE[what]
    ref = version.subject.organisation.ref.replace("/", "-")
    return TakenAway(make(inspect(version)), f"{ref}_{what}_v{version.number}.{ending}", kind)
