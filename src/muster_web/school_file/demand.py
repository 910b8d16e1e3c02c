"""What schools' plans ask for and what was done about it, theme by theme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.schools.permissions import WRITERS
from muster_web.schools.queries.practice import demand_by_theme, priorities_of

_MOST = 200


@open_to(*WRITERS)
def demand(request: HttpRequest) -> HttpResponse:
    """Show the demand by theme, and the priorities of the theme the address names."""
    viewer, theme = viewer_of(request), request.GET.get("theme", "")
    asked = priorities_of(viewer).filter(theme=theme).order_by("school__name", "place") if theme else ()
    told = {"demand": demand_by_theme(viewer), "theme": theme, "priorities": asked[:_MOST]}
    return render(request, "school_file/demand.html", told)
