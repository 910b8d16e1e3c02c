"""Can everyone who needs a collection get in?  By school and collection, with what to do where not."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.returns.models import Round
from muster_web.returns.queries.readiness import readiness_of, rounds_to_check

PER_PAGE = 50


@open_to(Role.APPROVER, Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR, Role.PREPARER, Role.HEAD)
def readiness(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One round, the one that closes first unless another is named."""
    rounds = rounds_to_check()
    chosen = get_object_or_404(Round, pk=pk) if pk else next(iter(rounds), None)
    found = readiness_of(viewer_of(request), chosen) if chosen else []
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"rounds": rounds, "round": chosen, "page": page, "ready": sum(one.ready for one in found)}
    return render(request, "people/readiness.html", shown)
