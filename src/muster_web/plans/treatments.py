"""The high risks and high-priority equality actions of a plan, which are reported on in quarters 2 and 4."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.performance.actions.planning import add_treatment
from muster_web.performance.models import Treatment
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_plan


class TreatmentForm(forms.Form):
    """What is treated, and by which office."""

    kind = forms.ChoiceField(label="What is it?", choices=Treatment.Kind.choices)
    ref = forms.CharField(label="Reference", max_length=40, required=False)
    title = forms.CharField(
        label="What it is and what is done about it", max_length=300,
        help_text="For example: Payroll files arrive late: agree days with every provider",
    )  # fmt: skip
    owner = forms.CharField(label="Owned by which office?", max_length=120)
    due = forms.CharField(label="Until when", max_length=60, required=False)


@open_to(*KEEPERS)
def treatments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show them; posted, put one into the plan."""
    viewer = viewer_of(request)
    found = get_plan(viewer, pk)
    form = TreatmentForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            add_treatment(viewer=viewer, treatment=Treatment(plan=found, **form.cleaned_data))
            messages.success(request, "It is in the plan. Quarters opened from now on ask how it stands.")
            return redirect("treatments", pk=pk)
    told = {"plan": found, "treatments": found.treatments.all(), "form": form}
    return render(request, "plans/treatments.html", told, status=400 if form.errors else 200)
