"""The rules suspended or turned into queries in a round, and the form to change another."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import refusals_on, sent_with
from muster_web.returns.actions import ruling
from muster_web.returns.models import RuleChange
from muster_web.returns.queries.board import get_round


class RuleForm(forms.Form):
    """Which rule, what happens to it, and why."""

    rule = forms.CharField(
        label="Rule", max_length=80, help_text="As it stands at a finding, for example 4220."
    )
    what = forms.ChoiceField(
        label="What happens to it?", choices=RuleChange.What.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody whose return it touches reads this.",
    )  # fmt: skip


@open_to(Role.COLLECTOR, step_up=True)
def rule_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the changes there are; posted, make one and check every loaded return again."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    form = RuleForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            change = ruling.change_rule(viewer=viewer, round=round_, **form.cleaned_data)
            messages.success(
                request,
                f"Rule {change.rule}: {change.get_what_display().lower()}. Returns are checked again.",
            )
            return redirect("rule_changes", pk=pk)
    changes = round_.rule_changes.select_related("by").order_by("lifted", "-at")
    told = {"round": round_, "form": form, "changes": changes}
    return render(request, "collector/rule_changes.html", told, status=400 if form.errors else 200)


@require_POST
@open_to(Role.COLLECTOR, step_up=True)
def lift(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """Let a rule count again."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    found = get_object_or_404(RuleChange, pk=change, round=round_, lifted=None)
    ruling.lift_change(viewer=viewer, change=found)
    messages.success(request, f"Rule {found.rule} counts again.")
    return redirect("rule_changes", pk=pk)
