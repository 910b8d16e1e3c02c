"""The brief of a school: its file on one page of PDF, made today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from muster_web.accounts.access import open_to, viewer_of
from muster_web.schools.actions.briefing import take_brief
from muster_web.schools.permissions import READERS
from muster_web.schools.queries.school_file import get_school


@open_to(*READERS)
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the brief, named after the school."""
    school = get_school(pk)
    content = take_brief(viewer=viewer_of(request), school=school)
    named = content_disposition_header(False, f"brief-{school.ref.replace('/', '-') or school.pk}.pdf")
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": named or "inline"}
    )
