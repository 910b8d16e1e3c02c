"""Take a return away: the file as it came, the file with the changes made on screen, its tables, its findings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.views import cannot
from muster_web.privacy.actions.exporting import take_away
from muster_web.returns.queries.one import get_return


@open_to(Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR)
def download(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Give one of the four, named after the return; who took it goes into the audit."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    try:
        taken = take_away(viewer=viewer, subject=subject, what=what)
    except MusterError as refusal:
        return cannot(request, "take this return away", refusal, back_url=f"/returns/{pk}/")
    named = content_disposition_header(True, taken.name) or "attachment"
    return HttpResponse(taken.content, content_type=taken.kind, headers={"Content-Disposition": named})
