"""The plans of the authority, the quarters that wait for the viewer, the reports there are; begin another plan."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from muster.performance import year_of
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.performance.actions.planning import begin_plan
from muster_web.performance.models import Plan
from muster_web.performance.permissions import WRITERS, keeps_plans, kept_plans, published_quarters
from muster_web.performance.queries.finding import quarters_to_write


class PlanForm(forms.Form):
    """Which plan it is."""

    service = forms.CharField(label="Service", max_length=120)
    directorate = forms.CharField(label="Directorate", max_length=120)
    year = forms.IntegerField(
        label="Calendar year in which its financial year begins", min_value=1990, max_value=2100,
        help_text="For example, 2026 for 2026/27",
    )  # fmt: skip
    tolerance = forms.IntegerField(
        label="Tolerance of its lights, per cent", min_value=0, max_value=50, required=False,
        help_text="Without one there are two lights, green and red",
    )  # fmt: skip


@open_to(*WRITERS)
def plans(request: HttpRequest) -> HttpResponse:
    """Show them; posted, begin a plan."""
    viewer = viewer_of(request)
    keeps = keeps_plans(viewer)
    form = PlanForm(**sent_with(request), initial={"year": year_of(timezone.localdate()).year})
    if request.method == "POST" and not keeps:
        return cannot(
            request, "begin a plan", "the officers of your authority keep its plans", back_url=request.path
        )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = begin_plan(viewer=viewer, plan=Plan(**form.cleaned_data))
            messages.success(request, "The plan is begun. Load its files now.")
            return redirect("plan", pk=made.pk)
    told = {
        "form": form,
        "keeps": keeps,
        "plans": kept_plans(viewer).prefetch_related("quarters"),
        "waiting": quarters_to_write(viewer),
        "reports": published_quarters(viewer),
    }
    return render(request, "plans/plans.html", told, status=400 if form.errors else 200)
