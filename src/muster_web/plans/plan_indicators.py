"""The indicators of a plan with their families, values by period and targets, and what is odd about these."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_plan
from muster_web.performance.queries.indicators import indicators_of


@open_to(*KEEPERS)
def plan_indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Show them."""
    found = get_plan(viewer_of(request), pk)
    table = indicators_of(found)
    return render(request, "plans/plan_indicators.html", {"plan": found, "table": table})
