"""Published quarterly reports, as data and as files; an issue gives the same bytes however often it is asked for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router

from muster_web.accounts.access import viewer_of
from muster_web.api.bodies import asks_for_file
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.shapes.reports import ReportLine, ReportShape, report_as_shown, report_line
from muster_web.api.signing_in import asks
from muster_web.performance.permissions import published_quarters
from muster_web.performance.queries.finding import get_issue, get_readable_quarter
from muster_web.performance.queries.issues import document_of, issues_shown
from muster_web.performance.queries.report_files import KINDS, name_of, report_bytes

router = Router(tags=["Reports"])
READ = asks("plans:read")
_NUMBER = Annotated[int | None, Query(None, ge=1, le=32_767, description="an issue; without it, the last")]


@router.get("/reports", response=Page[ReportLine], **READ)
def list_reports(request: HttpRequest, wanted: WantedPage) -> Any:
    """The quarters of which a report is published, the latest first."""
    found = published_quarters(viewer_of(request)).prefetch_related("issues")
    return page_of(request, found, wanted, report_line)


@router.get("/reports/{int:quarter}", response=ReportShape, **READ)
def show_report(request: HttpRequest, quarter: int, *, issue: _NUMBER = None) -> Any:
    """One issue of a report, piece by piece, and what each issue changed."""
    found = get_readable_quarter(viewer_of(request), quarter)
    one = get_issue(found, issue)
    return report_as_shown(one.number, document_of(one), issues_shown(found))


@router.get("/reports/{int:quarter}/files/{kind}", **asks_for_file("plans:read", *KINDS.values()))
def download_report(
    request: HttpRequest, quarter: int, *, kind: Literal["html", "docx", "pdf", "csv"], issue: _NUMBER = None
) -> HttpResponse:
    """One issue of a report as a file."""
    one = get_issue(get_readable_quarter(viewer_of(request), quarter), issue)
    named = content_disposition_header(True, name_of(one, kind)) or "attachment"
    content = report_bytes(document_of(one), kind)
    return HttpResponse(content, content_type=KINDS[kind], headers={"Content-Disposition": named})
