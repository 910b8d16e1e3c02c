"""The improvement plan of a school: its priorities line by line, and what each is about."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import number_in, refusals_on, sent_with
from muster_web.schools.actions.planning import confirm_themes, take_plan
from muster_web.schools.permissions import CHALLENGERS, WRITERS, may_fill, may_note
from muster_web.schools.queries.school_file import get_school
from muster_web.schools.themes import choices


class PlanForm(forms.Form):
    """The plan as text: one priority a line."""

    plan = forms.CharField(label="Which plan?", max_length=60, help_text="For example: 2026/27")
    text = forms.CharField(
        label="Its priorities, each on a line of its own", widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000, help_text="Do not name people. What stood under this plan is replaced.",
    )  # fmt: skip


@open_to(*WRITERS, *CHALLENGERS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the priorities; posted, keep them with the themes they suggest."""
    viewer, school = viewer_of(request), get_school(pk)
    if not may_fill(viewer, school):
        raise Http404
    form = PlanForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = take_plan(viewer=viewer, school=school, **form.cleaned_data)
            messages.success(request, f"The plan has {len(made)} priorities. Its themes were suggested.")
            return redirect("school", pk=pk)
    told = {"school": school, "form": form}
    return render(request, "school_file/plan.html", told, status=400 if form.errors else 200)


@open_to(*WRITERS)
def plan_themes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the themes suggested; posted, confirm those chosen."""
    viewer, school = viewer_of(request), get_school(pk)
    if not may_note(viewer, school):
        raise Http404
    form = forms.Form(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            done = confirm_themes(viewer=viewer, school=school, chosen=_chosen(request))
            messages.success(request, f"Themes of {done} priorities are confirmed.")
            return redirect("school", pk=pk)
    told = {
        "school": school, "form": form, "priorities": school.priorities.all(), "themes": choices("Choose a theme"),
    }  # fmt: skip
    return render(request, "school_file/plan_themes.html", told, status=400 if form.errors else 200)


def _chosen(request: HttpRequest) -> dict[int, str]:
    """The theme chosen for each priority, by its number."""
    named = {
        name: number_in(name.removeprefix("theme-")) for name in request.POST if name.startswith("theme-")
    }
    return {
        number: theme
        for name, number in named.items()
        if number is not None and (theme := str(request.POST.get(name, "")))
    }
