"""Put a piece into a plan, last of what stands below the piece it is part of."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import number_in, refusals_on, sent_with
from muster_web.performance.actions.editing import add_piece
from muster_web.performance.models import Piece
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_plan
from muster_web.performance.queries.pieces import last_below, next_level
from muster_web.plans.piece_forms import NewPieceForm


@open_to(*KEEPERS)
def new_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what it is; posted, put it in."""
    viewer = viewer_of(request)
    plan = get_plan(viewer, pk)
    pieces = {one.pk: one for one in plan.pieces.all()}
    around = pieces.get(number_in(request.GET.get("below", "")) or 0)
    first = {"below": around.pk if around else "", "level": next_level(around)}
    form = NewPieceForm(list(pieces.values()), **sent_with(request), initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = Piece(plan=plan, level=form.cleaned_data["level"], **form.said)
            below = pieces.get(int(form.cleaned_data["below"] or 0))
            add_piece(viewer=viewer, piece=made, spot=last_below(below, list(pieces.values())))
            messages.success(request, f"{made.ref} is in the plan.")
            return redirect("plan", pk=pk)
    told = {"plan": plan, "form": form}
    return render(request, "plans/new_piece.html", told, status=400 if form.errors else 200)
