"""Questions and requests of schools to their authority: those that wait first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.schools.permissions import CHALLENGERS, WRITERS, may_ask
from muster_web.schools.queries.tickets import tickets_of

PER_PAGE = 50


@open_to(*WRITERS, *CHALLENGERS)
def tickets(request: HttpRequest) -> HttpResponse:
    """List what the viewer's school asked, or what the viewer's authority was asked."""
    viewer = viewer_of(request)
    page = Paginator(tickets_of(viewer), PER_PAGE).get_page(request.GET.get("page"))
    here = viewer.organisation
    told = {"page": page, "asks_for": here if here is not None and may_ask(viewer, here) else None}
    return render(request, "school_file/tickets.html", told)
