"""Concerns about schools that stand, those that are overdue to be looked at again first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.schools.permissions import WRITERS
from muster_web.schools.queries.concerns import standing_concerns

PER_PAGE = 50


@open_to(*WRITERS)
def concerns(request: HttpRequest) -> HttpResponse:
    """List the concerns of the viewer's authority with the day by which each is to be reviewed."""
    found = standing_concerns(viewer_of(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "overdue": sum(one.overdue for one in found)}
    return render(request, "school_file/concerns.html", told)
