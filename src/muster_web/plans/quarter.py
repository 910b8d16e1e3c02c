"""A quarter for those who keep the plan: every line, its light, what is missing, the figures, what comes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.views import cannot
from muster_web.performance.actions.computing import ask_for_figures
from muster_web.performance.models import Line
from muster_web.performance.permissions import KEEPERS, may_sign
from muster_web.performance.queries.finding import get_quarter
from muster_web.performance.queries.lines import lines_shown


@open_to(*KEEPERS)
def quarter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the quarter."""
    viewer = viewer_of(request)
    found = get_quarter(viewer, pk)
    told = {"quarter": found, "lines": lines_shown(found, Line.objects.all()), "may_sign": may_sign(viewer)}
    return render(request, "plans/quarter.html", told)


@require_POST
@open_to(*KEEPERS)
def compute_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the figures computed from the returns as they stand now."""
    viewer = viewer_of(request)
    found = get_quarter(viewer, pk)
    try:
        ask_for_figures(viewer=viewer, quarter=found)
    except MusterError as refusal:
        return cannot(request, "compute the figures", refusal, back_url=f"/plans/quarters/{pk}/")
    messages.success(request, "The figures are being computed. They stand here as soon as they are there.")
    return redirect("quarter", pk=pk)
