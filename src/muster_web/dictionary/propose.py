"""Propose a change of a collection."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.dictionary.forms import ProposeForm
from muster_web.proposals import actions


@open_to_signed_in
def propose(request: HttpRequest) -> HttpResponse:
    """Ask what should change, and keep it as a proposal."""
    initial = {name: request.GET.get(name, "") for name in ("collection", "about")}
    form = ProposeForm(**sent_with(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = actions.propose(viewer=viewer_of(request), wish=actions.Wish(**form.cleaned_data))
            messages.success(request, "Your proposal is there for everybody to read.")
            return redirect("proposal", pk=made.pk)
    return render(request, "dictionary/propose.html", {"form": form}, status=400 if form.errors else 200)
