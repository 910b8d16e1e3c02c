"""Open a round by copying one there was: other dates, perhaps another year or phase, the same terms."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.returns.actions import opening
from muster_web.returns.models import Round
from muster_web.returns.queries.board import get_round


class RoundForm(forms.Form):
    """What is different from the round that is copied."""

    year = forms.IntegerField(label="Collection year", min_value=2010, max_value=2099)
    phase = forms.ChoiceField(label="Phase", choices=Round.Phase.choices, widget=forms.RadioSelect)
    opens = DateField(label="Opens on")
    closes = DateField(label="Closes on")


@open_to(Role.COLLECTOR, step_up=True)
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what differs, open the new round and say how many returns are owed."""
    viewer = viewer_of(request)
    copied = get_round(viewer, pk)
    form = RoundForm(**sent_with(request), initial={"year": copied.year + 1, "phase": copied.phase})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            new = opening.copy_of(copied, **form.cleaned_data)
            owed = opening.open_round(viewer=viewer, round=new)
            messages.success(request, f"{new} is open. {owed:,} returns are owed.")
            return redirect("board", pk=new.pk)
    told = {"round": copied, "form": form}
    return render(request, "collector/open_round.html", told, status=400 if form.errors else 200)
