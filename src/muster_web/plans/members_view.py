"""The published report for members: what needs attention first, then where each indicator went, in plain words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.performance.quarterly import for_publication
from muster.performance.quarterly.tables import exception_table
from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.performance.queries.finding import get_issue, get_readable_quarter
from muster_web.performance.queries.issues import snapshot_of_issue
from muster_web.performance.queries.trends import trends_of
from muster_web.plans.pieces import shown_pieces


@open_to_signed_in
def members_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it."""
    found = get_readable_quarter(viewer_of(request), pk)
    snapshot = for_publication(snapshot_of_issue(get_issue(found, None)))
    exceptions = exception_table(snapshot)
    told = {
        "quarter": found,
        "snapshot": snapshot,
        "pieces": shown_pieces([exceptions]) if exceptions.rows else [],
        "trends": trends_of(snapshot),
    }
    return render(request, "plans/members_view.html", told)
