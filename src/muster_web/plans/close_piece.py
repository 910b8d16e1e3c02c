"""Close a piece of a plan that is no longer pursued, or open it again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from muster.model.words import count_of
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.performance.actions.editing import close_piece as close
from muster_web.performance.actions.editing import reopen_piece
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_piece
from muster_web.plans.overtaking import answer, seen_in
from muster_web.plans.piece_forms import ClosingForm


@open_to(*KEEPERS)
def close_piece(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask why; posted, close it, or open it where it is closed."""
    viewer = viewer_of(request)
    found = get_piece(viewer, pk, number)
    form = forms.Form(**sent_with(request)) if found.closed_on else ClosingForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        seen = seen_in(request, found)
        with refusals_on(form):
            if found.closed_on:
                reopen_piece(viewer=viewer, piece=found, seen=seen)
                messages.success(request, f"{found.ref} is open again. Open what is below it one by one.")
            else:
                closed = close(viewer=viewer, piece=found, seen=seen, why=form.cleaned_data["why"])
                messages.success(request, f"{count_of(len(closed), 'piece')} closed.")
            return redirect("plan", pk=pk)
    return answer(request, "plans/close_piece.html", found, {"form": form})
