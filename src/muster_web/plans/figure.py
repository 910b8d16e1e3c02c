"""A figure computed from returns: what each return adds to it, and from which data, query and program it came."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.views import cannot
from muster_web.performance.actions.computing import verify
from muster_web.performance.permissions import WRITERS, keeps_plans
from muster_web.performance.queries.finding import get_figure
from muster_web.performance.queries.parts import parts_shown


@open_to(*WRITERS)
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the figure; posted, compute it again from the very same data and say what comes out otherwise."""
    viewer = viewer_of(request)
    found = get_figure(viewer, pk)
    if request.method == "POST":
        try:
            differs = verify(viewer=viewer, figure=found)
        except MusterError as refusal:
            return cannot(request, "compute it again", refusal, back_url=request.path)
        said = (
            f"Computed again, and it differs: {'; '.join(differs)}."
            if differs
            else "Computed again: the same."
        )
        (messages.warning if differs else messages.success)(request, said)
        return redirect("figure", pk=pk)
    told = {
        "figure": found,
        "quarter": found.quarter,
        "parts": parts_shown(viewer, found),
        "keeps": keeps_plans(viewer),
    }
    return render(request, "plans/figure.html", told)
