"""One plan as a tree, with what was odd in its files; load another file, open a quarter."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model.words import count_of
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on
from muster_web.performance.actions.planning import import_file
from muster_web.performance.actions.quarters import open_quarter
from muster_web.performance.models import Plan
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_plan
from muster_web.performance.queries.tree import tree_of


class FileForm(forms.Form):
    """A file of the plan."""

    file = forms.FileField(
        label="A file of the plan",
        help_text="Text, a web page, Word, CSV, XLSX or ODS. What the plan has stays.",
    )


class QuarterForm(forms.Form):
    """Which quarter, and until when its owners write."""

    part = forms.TypedChoiceField(
        label="Which quarter?", coerce=int,
        choices=[(1, "Quarter 1, to June"), (2, "Quarter 2, to September"), (3, "Quarter 3, to December"),
                 (4, "Quarter 4, to March")],
    )  # fmt: skip
    comments_by = DateField(label="Owners write by", required=False)


@open_to(*KEEPERS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the plan; posted, load a file into it or open a quarter."""
    found = get_plan(viewer_of(request), pk)
    loading, opening = FileForm(prefix="load"), QuarterForm(prefix="open")
    if request.method == "POST" and "open" in request.POST:
        opening = QuarterForm(request.POST, prefix="open")
        if opening.is_valid() and (answer := _open(request, found, opening)):
            return answer
    elif request.method == "POST":
        loading = FileForm(request.POST, request.FILES, prefix="load")
        if loading.is_valid() and (answer := _load(request, found, loading)):
            return answer
    told = {"plan": found, "tree": tree_of(found), "loading": loading, "opening": opening}
    wrong = loading.errors or opening.errors
    return render(request, "plans/plan.html", told, status=400 if wrong else 200)


def _load(request: HttpRequest, found: Plan, form: FileForm) -> HttpResponse | None:
    sent = form.cleaned_data["file"]
    with refusals_on(form):
        odd = import_file(viewer=viewer_of(request), plan=found, chunks=sent.chunks(), name=sent.name)
        said = f"{count_of(len(odd), 'thing')} in it {'is' if len(odd) == 1 else 'are'} odd; see below."
        messages.success(request, f"{sent.name} is loaded. {said if odd else 'Nothing in it is odd.'}")
        return redirect("plan", pk=found.pk)
    return None


def _open(request: HttpRequest, found: Plan, form: QuarterForm) -> HttpResponse | None:
    with refusals_on(form):
        opened = open_quarter(viewer=viewer_of(request), plan=found, **form.cleaned_data)
        messages.success(request, "The quarter is open. Each owner finds their lines under Plans.")
        return redirect("quarter", pk=opened.pk)
    return None
