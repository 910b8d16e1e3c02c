"""Take a return away: the file as it came, the file with the changes made on screen, its tables, its findings."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from muster.inspecting import Inspected, corrected_xml, tables_zip, workbook_of_findings
from muster.model import MusterError
from muster_web.accounts.access import open_to
from muster_web.accounts.roles import Role
from muster_web.audit.record import record as audit
from muster_web.design.views import cannot
from muster_web.privacy.actions.sharing import refuse_export_without_agreement
from muster_web.returns.actions.checking import inspect
from muster_web.returns.files import chunks_of
from muster_web.returns.models import Version
from muster_web.returns.permissions import permissions
from muster_web.returns.queries.one import get_return

_MADE: dict[str, tuple[str, str, Callable[[Inspected], bytes]]] = {
    "corrected": ("xml", "application/xml", corrected_xml),
    "tables": ("zip", "application/zip", tables_zip),
    "findings": (
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook_of_findings,
    ),
}  # fmt: skip


@open_to(Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR)
def download(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Give one of the four, named after the return; who took it goes into the audit."""
    viewer = request.viewer  # type: ignore[attr-defined]
    subject = get_return(viewer, pk)
    version = subject.current
    if version is None or (what != "original" and what not in _MADE):
        raise Http404
    if "export" not in permissions(viewer, subject):
        return cannot(
            request, "take this return away", "your account does not let you", back_url=f"/returns/{pk}/"
        )
    try:
        refuse_export_without_agreement(viewer, [subject])
        answer = _original(version) if what == "original" else _made(version, what)
    except MusterError as refusal:
        return cannot(request, "take this file away", str(refusal).rstrip("."), back_url=f"/returns/{pk}/")
    audit(
        "return_exported", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"return:{subject.pk}",
        organisations=[subject.organisation_id], data={"what": what, "version": version.number},
    )  # fmt: skip
    return answer


def _original(version: Version) -> HttpResponse:
    content = b"".join(chunks_of(version.stored))
    return _attached(content, "application/octet-stream", version.name.rpartition("/")[2])


def _made(version: Version, what: str) -> HttpResponse:
    ending, kind, make = _MADE[what]
    ref = version.subject.organisation.ref.replace("/", "-")
    return _attached(make(inspect(version)), kind, f"{ref}_{what}_v{version.number}.{ending}")


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name.replace(chr(34), "")}"'
    return answer
