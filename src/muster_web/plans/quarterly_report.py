"""The report of a quarter as a page whose figures lead to what they are made of, and as files to take away."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from muster.performance.quarterly import as_csv, as_docx, as_html, as_pdf, compose, for_publication
from muster.performance.quarterly.document import Document
from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.performance.models import Quarter
from muster_web.performance.permissions import keeps_plans
from muster_web.performance.queries.finding import get_readable_quarter
from muster_web.performance.queries.snapshotting import (
    last_figures,
    published_snapshot,
    read_data,
    snapshot_data,
)
from muster_web.plans.pieces import shown_pieces

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "html": ("text/html; charset=utf-8", as_html), "docx": (_WORD, as_docx), "pdf": ("application/pdf", as_pdf),
    "csv": ("text/csv; charset=utf-8", as_csv),
}  # fmt: skip


@open_to_signed_in
def quarterly_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report; before it is published, those who keep the plan see the draft."""
    viewer = viewer_of(request)
    found = get_readable_quarter(viewer, pk)
    document = document_of(found)
    keeps = keeps_plans(viewer)
    pieces = shown_pieces(document.pieces, _links(found) if keeps else {})
    told = {"quarter": found, "document": document, "pieces": pieces, "files": _FILES, "keeps": keeps}
    return render(request, "plans/quarterly_report.html", told)


def document_of(quarter: Quarter) -> Document:
    """The report: what was published, made from its snapshot anew, or the draft as it stands."""
    if quarter.published:
        return compose(for_publication(published_snapshot(quarter)))
    return compose(for_publication(read_data(snapshot_data(quarter))[0]), draft=True)


def _links(quarter: Quarter) -> dict[str, str]:
    """Where the lines of computed indicators lead, by reference."""
    figures = last_figures(quarter)
    asked = quarter.plan.indicators.filter(figure__in=figures)
    return {one.ref: reverse("figure", args=[figures[one.figure].pk]) for one in asked}


@open_to_signed_in
def report_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the report as a file; the same snapshot always gives the same bytes."""
    found = get_readable_quarter(viewer_of(request), pk)
    if kind not in _FILES:
        raise Http404
    content_type, make = _FILES[kind]
    name = f"quarterly-report-{found.plan.year}-q{found.part}.{kind}"
    answer = HttpResponse(make(document_of(found)), content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
