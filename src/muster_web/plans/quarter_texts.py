"""The texts of a quarter: key developments, emerging issues, and what is left out for now."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import number_in, refusals_on, sent_with
from muster_web.performance.actions.quarters import narrate, remove_narrative
from muster_web.performance.models import Narrative
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_quarter


class NarrativeForm(forms.Form):
    """A text and where it stands."""

    kind = forms.ChoiceField(label="What is it?", choices=Narrative.Kind.choices)
    title = forms.CharField(label="Title", max_length=120)
    text = forms.CharField(
        label="Text, or why it is left out", widget=forms.Textarea(attrs={"rows": 5}), max_length=5_000
    )
    expected = forms.CharField(
        label="Where it is left out: when it is expected", max_length=60, required=False,
        help_text="For example: in July 2027",
    )  # fmt: skip


@open_to(*KEEPERS)
def quarter_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the texts; posted, add one or take one out."""
    viewer = viewer_of(request)
    found = get_quarter(viewer, pk)
    form = NarrativeForm(**({} if "remove" in request.POST else sent_with(request)))
    if request.method == "POST":
        with refusals_on(form):
            if "remove" in request.POST:
                gone = get_object_or_404(found.narratives, pk=number_in(request.POST["remove"]))
                remove_narrative(viewer=viewer, narrative=gone)
                return redirect("quarter_texts", pk=pk)
            if form.is_valid():
                narrate(viewer=viewer, narrative=Narrative(quarter=found, **form.cleaned_data))
                messages.success(request, "It stands in the report.")
                return redirect("quarter_texts", pk=pk)
    told = {"quarter": found, "texts": found.narratives.all(), "form": form}
    return render(request, "plans/quarter_texts.html", told, status=400 if form.errors else 200)
