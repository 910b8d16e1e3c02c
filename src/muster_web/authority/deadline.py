"""The day an authority sets its schools, before the national closing day."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import sent_with
from muster_web.returns.actions.opening import set_local_deadline
from muster_web.returns.queries.board import get_round, local_deadline


class DeadlineForm(forms.Form):
    """The day."""

    on = DateField(
        label="Schools send by", error_messages={"required": "Enter the day by which schools send"}
    )


@open_to(Role.LA_OFFICER, Role.LA_APPROVER)
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the day and keep it; schools see it from then on."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    held = local_deadline(viewer, round_)
    form = DeadlineForm(**sent_with(request), initial={"on": held.on if held else round_.closes})
    if request.method == "POST" and form.is_valid():
        try:
            set_local_deadline(viewer=viewer, round=round_, on=form.cleaned_data["on"])
            messages.success(request, "The deadline is set; your schools see it.")
            return redirect("board", pk=pk)
        except MusterError as refusal:
            form.add_error("on", str(refusal))
    told = {"round": round_, "form": form, "held": held}
    return render(request, "authority/deadline.html", told, status=400 if form.errors else 200)
