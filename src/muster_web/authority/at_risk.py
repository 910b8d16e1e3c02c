"""The returns that may come late, each with the reasons."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.authority.board import OVERSEERS, PER_PAGE
from muster_web.returns.queries.board import get_round
from muster_web.returns.queries.risk import at_risk as find


@open_to(*OVERSEERS)
def at_risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show them, those with most reasons first."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    page = Paginator(find(viewer, round_), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "authority/at_risk.html", {"round": round_, "page": page})
