"""Authorise one return, or reopen one that was authorised."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.returns.actions import deciding
from muster_web.returns.queries.one import Standing, get_return


class ReopenForm(forms.Form):
    """Why, and until when."""

    reason = forms.CharField(
        label="Why is it reopened?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
        error_messages={"required": "Say why it is reopened"},
    )  # fmt: skip
    until = DateField(label="Open until")


@require_POST
@open_to(Role.COLLECTOR, step_up=True)
def authorise(request: HttpRequest, pk: int) -> HttpResponse:
    """Authorise a return."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    try:
        receipt = deciding.authorise(viewer=viewer, subject=subject)
    except NotAllowed as refusal:
        return cannot(request, "authorise this return", refusal, back_url=f"/returns/{pk}/")
    messages.success(request, f"The return of {subject.organisation.name} is authorised.")
    return redirect("receipt", pk=receipt.pk)


@open_to(Role.COLLECTOR, step_up=True)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why and until when, and reopen."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    form = ReopenForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            deciding.reopen(viewer=viewer, subject=subject, **form.cleaned_data)
            messages.success(request, f"The return of {subject.organisation.name} is open again.")
            return redirect("return_page", pk=pk)
    told = {"standing": Standing(subject, viewer), "form": form}
    return render(request, "collector/reopen.html", told, status=400 if form.errors else 200)
