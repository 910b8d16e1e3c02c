"""Approve one return, or send it back with what is to be done."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import sent_with
from muster_web.design.views import cannot
from muster_web.returns.actions import deciding
from muster_web.returns.queries.one import Standing, get_return


class ReasonForm(forms.Form):
    """What the school has to do."""

    reason = forms.CharField(
        label="What has to be put right?", widget=forms.Textarea(attrs={"rows": 4}), max_length=2_000,
        help_text="The school reads this. Do not name people.",
        error_messages={"required": "Say what the school has to do"},
    )  # fmt: skip


@require_POST
@open_to(Role.LA_APPROVER, step_up=True)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a return."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    try:
        deciding.approve(viewer=viewer, subject=subject)
    except NotAllowed as refusal:
        return cannot(request, "approve this return", refusal, back_url=f"/returns/{pk}/")
    messages.success(request, f"The return of {subject.organisation.name} is approved.")
    return redirect("return_page", pk=pk)


@open_to(Role.LA_APPROVER, Role.COLLECTOR)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason and send a return back."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    form = ReasonForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        try:
            deciding.send_back(viewer=viewer, subject=subject, reason=form.cleaned_data["reason"])
        except NotAllowed as refusal:
            return cannot(request, "send this return back", refusal, back_url=f"/returns/{pk}/")
        messages.success(request, f"The return of {subject.organisation.name} was sent back.")
        return redirect("return_page", pk=pk)
    told = {"standing": Standing(subject, viewer), "form": form}
    return render(request, "authority/send_back.html", told, status=400 if form.errors else 200)
