"""Who holds which office of a plan today; whoever is chosen sees its lines from then on."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.models import User
from muster_web.design.forms import refusals_on, sent_with
from muster_web.performance.actions.planning import appoint
from muster_web.performance.models import Plan
from muster_web.performance.permissions import KEEPERS, people_for_offices
from muster_web.performance.queries.finding import get_plan
from muster_web.performance.queries.offices import offices_of_plan


class OfficeForm(forms.Form):
    """An office, and who holds it."""

    office = forms.ChoiceField(label="Office")
    user = forms.ModelChoiceField(label="Who holds it", queryset=User.objects.none())

    def __init__(self, plan: Plan, **sent: object) -> None:
        super().__init__(**sent)  # type: ignore[arg-type]
        names = [name for name, _ in offices_of_plan(plan)]
        self.fields["office"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.fields["user"].queryset = people_for_offices(plan)  # type: ignore[attr-defined]


@open_to(*KEEPERS)
def offices(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the offices; posted, say who holds one."""
    viewer = viewer_of(request)
    found = get_plan(viewer, pk)
    form = OfficeForm(found, **sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            appoint(viewer=viewer, plan=found, **form.cleaned_data)
            messages.success(request, "They find the lines of this office under Plans.")
            return redirect("offices", pk=pk)
    told = {"plan": found, "offices": offices_of_plan(found), "form": form}
    return render(request, "plans/offices.html", told, status=400 if form.errors else 200)
