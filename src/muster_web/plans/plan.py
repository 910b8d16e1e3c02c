"""One plan as a tree, with what was odd in its files; load another file, open a quarter."""

from __future__ import annotations

from typing import Any

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
from muster_web.plans.pasting import MOST_PASTED, as_file
from muster_web.privacy.queries.due_beside import kept_until


class FileForm(forms.Form):
    """A file of the plan, or text that is pasted."""

    file = forms.FileField(
        label="A file of the plan", required=False,
        help_text="Text, a web page, Word, CSV, XLSX or ODS. What the plan has stays.",
    )  # fmt: skip
    text = forms.CharField(
        label="Or text of it", widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=MOST_PASTED,
        help_text="Paste it, a table as your spreadsheet copies it. What is longer than a million letters is sent as "
        "a file.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two is there."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(said.get("file")) == bool(said.get("text")):
            raise forms.ValidationError("Choose a file or paste a text, one of the two.")
        return said


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
    told = {
        "plan": found,
        "tree": tree_of(found),
        "loading": loading,
        "opening": opening,
        "kept_until": kept_until("plans", found.ends),
    }
    wrong = loading.errors or opening.errors
    return render(request, "plans/plan.html", told, status=400 if wrong else 200)


def _load(request: HttpRequest, found: Plan, form: FileForm) -> HttpResponse | None:
    sent = form.cleaned_data["file"]
    with refusals_on(form):
        name, chunks = (sent.name, sent.chunks()) if sent else as_file(form.cleaned_data["text"])
        odd = import_file(viewer=viewer_of(request), plan=found, chunks=chunks, name=name)
        said = f"{count_of(len(odd), 'thing')} in it {'is' if len(odd) == 1 else 'are'} odd; see below."
        messages.success(request, f"{name} is loaded. {said if odd else 'Nothing in it is odd.'}")
        return redirect("plan", pk=found.pk)
    return None


def _open(request: HttpRequest, found: Plan, form: QuarterForm) -> HttpResponse | None:
    with refusals_on(form):
        opened = open_quarter(viewer=viewer_of(request), plan=found, **form.cleaned_data)
        messages.success(request, "The quarter is open. Each owner finds their lines under Plans.")
        return redirect("quarter", pk=opened.pk)
    return None
