"""The report of a quarter as a page whose figures lead to what they are made of, and as files to take away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.performance.actions.publishing import note_reader
from muster_web.performance.models import Issue, Quarter
from muster_web.performance.permissions import keeps_plans
from muster_web.performance.queries.finding import get_issue, get_readable_quarter
from muster_web.performance.queries.issues import document_of, draft_of
from muster_web.performance.queries.report_files import KINDS, name_of, report_bytes
from muster_web.performance.queries.snapshotting import last_figures
from muster_web.plans.pieces import shown_pieces


@open_to_signed_in
def quarterly_report(request: HttpRequest, pk: int, *, number: int | None = None) -> HttpResponse:
    """Show the report, or one issue of it; what is not published yet is a draft for those who keep the plan."""
    viewer = viewer_of(request)
    found = get_readable_quarter(viewer, pk)
    keeps = keeps_plans(viewer)
    issue = _issue_to_show(found, number, keeps=keeps)
    if issue:
        note_reader(viewer=viewer, issue=issue)
    document = document_of(issue) if issue else draft_of(found)
    told = {
        "quarter": found, "document": document, "files": KINDS, "keeps": keeps, "issue": issue,
        "pieces": shown_pieces(document.pieces, _links(found) if keeps else {}),
        "later": found.issues.first() if issue and number else None,
    }  # fmt: skip
    return render(request, "plans/quarterly_report.html", told)


def _issue_to_show(quarter: Quarter, number: int | None, *, keeps: bool) -> Issue | None:
    """The issue that is asked for, else the last; None for the draft, which is what keepers see of an open quarter."""
    if number is None and keeps and not quarter.published:
        return None
    return get_issue(quarter, number)


def _links(quarter: Quarter) -> dict[str, str]:
    """Where the lines of computed indicators lead, by reference."""
    figures = last_figures(quarter)
    asked = quarter.plan.indicators.filter(figure__in=figures)
    return {one.ref: reverse("figure", args=[figures[one.figure].pk]) for one in asked}


@open_to_signed_in
def report_file(request: HttpRequest, pk: int, kind: str, *, number: int | None = None) -> HttpResponse:
    """Give the report as a file; the same snapshot always gives the same bytes."""
    viewer = viewer_of(request)
    found = get_readable_quarter(viewer, pk)
    if kind not in KINDS:
        raise Http404
    issue = _issue_to_show(found, number, keeps=keeps_plans(viewer))
    if issue:
        note_reader(viewer=viewer, issue=issue)
    name = name_of(issue, kind) if issue else f"draft-report-{found.plan.year}-q{found.part}.{kind}"
    content = report_bytes(document_of(issue) if issue else draft_of(found), kind)
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
