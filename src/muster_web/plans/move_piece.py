"""Put a piece of a plan at another place, with everything below it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.performance.actions.editing import move_piece as move
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_piece
from muster_web.performance.queries.pieces import spots_for
from muster_web.plans.overtaking import answer, seen_in
from muster_web.plans.piece_forms import SpotForm


@open_to(*KEEPERS)
def move_piece(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show where it may stand; posted, put it there."""
    viewer = viewer_of(request)
    found = get_piece(viewer, pk, number)
    spots = {one.key: one for one in spots_for(found)}
    form = SpotForm(spots, **sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            spot = spots[form.cleaned_data["spot"]]
            move(viewer=viewer, piece=found, seen=seen_in(request, found), spot=spot)
            messages.success(request, f"{found.ref} is moved. Its reference stays as it is.")
            return redirect("plan", pk=pk)
    return answer(request, "plans/move_piece.html", found, {"form": form})
