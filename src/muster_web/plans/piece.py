"""One piece of a plan: change it, and see what was changed of it and by whom."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on
from muster_web.performance.actions.editing import change_piece
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_piece
from muster_web.plans.overtaking import answer, seen_in, shown
from muster_web.plans.piece_forms import PieceForm, initial_of


@open_to(*KEEPERS)
def piece(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show it; posted, keep what is said of it."""
    viewer = viewer_of(request)
    found = get_piece(viewer, pk, number)
    form = PieceForm(request.POST if request.method == "POST" else None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            change_piece(viewer=viewer, piece=found, seen=seen_in(request, found), said=form.said)
            messages.success(request, "It is kept. What stood before is in the list of changes.")
            return redirect("piece", pk=pk, number=number)
    changes = shown(list(found.changes.select_related("by")))
    return answer(request, "plans/piece.html", found, {"form": form, "changes": changes})
