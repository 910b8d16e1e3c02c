"""The findings of a return, in the shape of ``muster check --json``."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router, Schema
from pydantic import Field

from muster.model import Finding as Found
from muster_web.accounts.access import viewer_of
from muster_web.accounts.viewer import Viewer
from muster_web.api.paging import WantedPage, cut
from muster_web.api.shapes.findings import FindingsShape
from muster_web.api.signing_in import asks
from muster_web.audit.record import read_of
from muster_web.privacy.queries.masking import mask_for
from muster_web.returns.models import Finding, Return
from muster_web.returns.queries.findings import FILTERS, findings_of
from muster_web.returns.queries.one import get_return
from muster_web.returns.queries.showing import as_found, sees_everything, whole_answer

router = Router(tags=["Findings"])
_NAME = Annotated[str, Field(max_length=80, pattern=r"^[^\x00-\x1f]*$")]


class Wished(Schema):
    """What a list of findings is narrowed to."""

    show: Annotated[str, Field(pattern=f"^({'|'.join(FILTERS)})$")] = "all"
    rule: _NAME = ""
    person: _NAME = ""
    record: _NAME = ""


@router.get(
    "/returns/{int:pk}/findings",
    response={200: FindingsShape, 304: None},
    by_alias=True,
    **asks("returns:read"),
)
def list_findings(request: HttpRequest, pk: int, wanted: WantedPage, wished: Query[Wished]) -> Any:
    """The findings of the current version, in the order of the file.

    ``rule`` narrows to a rule by its name, ``person`` and ``record`` to the marks of records.  Give the ETag back in
    If-None-Match and the answer is 304 as long as nothing has changed.
    """
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    if subject.current is None:
        raise Http404
    tag = _tag(request, subject)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    rows, about = cut(request, _narrowed(subject, wished), wanted)
    shown = _as_far_as_seen(viewer, subject, rows)
    _note_read(viewer, subject, rows)
    return JsonResponse({**whole_answer(subject, shown), **about}, headers={"ETag": tag})


def _tag(request: HttpRequest, subject: Return) -> str:
    """Changes with the data, with what was said of them, and with what is asked and who asks."""
    last = subject.events.order_by("-pk").values_list("pk", flat=True).first()
    said = f"{subject.pk}|{subject.revision}|{last}|{request.get_full_path()}|{viewer_of(request).actor}"
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def _narrowed(subject: Return, wished: Wished) -> Any:
    found = findings_of(subject, show=wished.show)
    asked = {"rule": wished.rule, "person_mark": wished.person, "record_mark": wished.record}
    return found.filter(**{name: value for name, value in asked.items() if value})


def _as_far_as_seen(viewer: Viewer, subject: Return, rows: list[Finding]) -> list[Found]:
    """The findings, with sensitive values hidden from whoever neither sent the file nor may take it away."""
    found = as_found(subject, rows)
    if sees_everything(viewer, subject):
        return found
    mask = mask_for(viewer, subject)
    return [
        one._replace(values=mask.values(one.values), message=mask.text(one.message, one.values))
        for one in found
    ]


def _note_read(viewer: Viewer, subject: Return, rows: list[Finding]) -> None:
    marks = {one.person_mark or one.record_mark for one in rows} - {""}
    if marks:
        read_of(
            viewer, subject=f"return:{subject.pk}", records=marks,
            organisations=[subject.organisation_id], page="api findings",
        )  # fmt: skip
