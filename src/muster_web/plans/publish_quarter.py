"""The draft before it is published: what has to be put right, what somebody may confirm, and publishing."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.performance import Remark
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on
from muster_web.performance.actions.publishing import publish
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.checking import must_go, problems_of_quarter
from muster_web.performance.queries.finding import get_quarter
from muster_web.performance.queries.snapshotting import snapshot_data


class ConfirmForm(forms.Form):
    """Which of the defects somebody looked at and says are none."""

    confirmed = forms.MultipleChoiceField(
        label="Looked at, and right as it is", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, problems: list[Remark], *, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["confirmed"].choices = [(str(one), str(one)) for one in problems]  # type: ignore[attr-defined]


@open_to(*KEEPERS)
def publish_quarter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the detectors found in the draft; posted, publish it."""
    viewer = viewer_of(request)
    found = get_quarter(viewer, pk)
    problems = problems_of_quarter(found, snapshot_data(found))
    to_go = [one for one in problems if must_go(one)]
    to_confirm = [one for one in problems if not must_go(one)]
    form = ConfirmForm(to_confirm, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            publish(viewer=viewer, quarter=found, confirmed=form.cleaned_data["confirmed"])
            messages.success(request, "The report is published.")
            return redirect("quarterly_report", pk=pk)
    told = {"quarter": found, "form": form, "to_go": to_go, "to_confirm": to_confirm}
    return render(request, "plans/publish_quarter.html", told, status=400 if form.errors else 200)
