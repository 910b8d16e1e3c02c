"""The explanations of one rule across schools: those that say the same are looked at once and decided together."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.audit.record import read_of
from muster_web.authority.board import OVERSEERS, PER_PAGE
from muster_web.design.forms import refusals_on, sent_with
from muster_web.returns.actions.judging import accept_notes, judges, question_notes
from muster_web.returns.models import Note
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.board import get_round
from muster_web.returns.queries.explanations import (
    FILTERS,
    counts_of_rule,
    in_the_same_words,
    notes_of_rule,
    same_words,
)


@open_to(*OVERSEERS)
def explanations(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """Show the groups of explanations of a rule that the chosen filter leaves."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    returns = visible_returns(viewer).filter(round=round_)
    counts = counts_of_rule(returns, rule)
    show = request.GET.get("show", "new")
    show = show if show in FILTERS else "new"
    told = {
        "round": round_, "rule": rule, "show": show,
        "filters": [(name, words, counts[name]) for name, (words, _) in FILTERS.items()],
        "page": Paginator(same_words(notes_of_rule(returns, rule, show=show)), PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }  # fmt: skip
    return render(request, "authority/explanations.html", told)


class JudgeForm(forms.Form):
    """Accept, or ask."""

    decision = forms.ChoiceField(
        label="What do you decide?", widget=forms.RadioSelect,
        choices=[("accept", "Accept the chosen explanations"), ("question", "Ask each school about them")],
        error_messages={"required": "Choose what you decide"},
    )  # fmt: skip
    question = forms.CharField(
        label="What do you want to know?", required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where you ask. Each school finds it among the messages of its return. Do not name people.",
    )  # fmt: skip


@open_to(*OVERSEERS)
def same_explanation(request: HttpRequest, pk: int, rule: str, first: int) -> HttpResponse:
    """Show every school that gave one explanation; posted, accept or question the chosen ones."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    returns = visible_returns(viewer).filter(round=round_)
    found = list(in_the_same_words(notes_of_rule(returns, rule), first))
    if not found:
        raise Http404
    form = JudgeForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in found if str(one.pk) in request.POST.getlist("note")]
        with refusals_on(form):
            messages.success(request, _judged(request, form, chosen))
            return redirect("explanations", pk=pk, rule=rule)
    for subject, organisation in {(one.subject_id, one.subject.organisation_id) for one in found}:
        read_of(
            viewer, subject=f"return:{subject}", records=[f"rule:{rule}"], organisations=[organisation],
            page="explanations",
        )  # fmt: skip
    told = {
        "round": round_, "rule": rule, "notes": found, "form": form,
        "may_judge": judges(viewer, found[0].subject),
    }  # fmt: skip
    return render(request, "authority/same_explanation.html", told, status=400 if form.errors else 200)


def _judged(request: HttpRequest, form: forms.Form, chosen: list[Note]) -> str:
    viewer = viewer_of(request)
    if not chosen:
        raise MusterError("Choose at least one explanation.")
    if form.cleaned_data["decision"] == "accept":
        return f"{accept_notes(viewer=viewer, notes=chosen):,} accepted."
    asked = question_notes(viewer=viewer, notes=chosen, question=form.cleaned_data["question"])
    return f"{asked:,} questioned; each school finds the question among its messages."
