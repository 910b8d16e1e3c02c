"""Take a return away as a file."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router

from muster_web.accounts.access import viewer_of
from muster_web.api.bodies import asks_for_file
from muster_web.privacy.actions.exporting import take_away
from muster_web.returns.queries.one import get_return

router = Router(tags=["Files"])
_KINDS = (
    "application/octet-stream", "application/xml", "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)  # fmt: skip


@router.get("/returns/{int:pk}/files/{what}", **asks_for_file("returns:export", *_KINDS))
def download_file(
    request: HttpRequest, pk: int, what: Literal["original", "corrected", "tables", "figures", "findings"]
) -> HttpResponse:
    """The file as it came, the XML with the changes made here, tables or figures as CSV, or the findings as a workbook.

    Who takes it is noted; another organisation needs an information-sharing agreement with the school.
    """
    viewer = viewer_of(request)
    taken = take_away(viewer=viewer, subject=get_return(viewer, pk), what=what)
    named = content_disposition_header(True, taken.name) or "attachment"
    return HttpResponse(taken.content, content_type=taken.kind, headers={"Content-Disposition": named})
