"""What was changed of the pieces of a plan on screen, by whom and when, the latest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_plan
from muster_web.performance.queries.pieces import changes_of
from muster_web.plans.overtaking import shown

_ON_A_PAGE = 50


@open_to(*KEEPERS)
def plan_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show them."""
    plan = get_plan(viewer_of(request), pk)
    page = Paginator(changes_of(plan), _ON_A_PAGE).get_page(request.GET.get("page"))
    told = {"plan": plan, "page": page, "changes": shown(list(page.object_list))}
    return render(request, "plans/plan_changes.html", told)
