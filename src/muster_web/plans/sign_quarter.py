"""The statement on data quality, put together from the record of each indicator; signed by an approver."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.performance.quarterly.quality import quality_statement
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.performance.actions.quarters import sign
from muster_web.performance.permissions import SIGNERS
from muster_web.performance.queries.finding import get_quarter
from muster_web.performance.queries.snapshotting import read_data, snapshot_data, state_of
from muster_web.plans.pieces import shown_pieces


class SignForm(forms.Form):
    """As what somebody signs, and the state of what they were shown."""

    office = forms.CharField(
        label="You sign as", max_length=120, help_text="Your office, such as Head of performance"
    )
    state = forms.CharField(widget=forms.HiddenInput)


@open_to(*SIGNERS)
def sign_quarter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the statement; posted, sign it."""
    viewer = viewer_of(request)
    found = get_quarter(viewer, pk)
    data = snapshot_data(found)
    form = SignForm(**sent_with(request), initial={"state": state_of(data)})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            sign(viewer=viewer, quarter=found, **form.cleaned_data)
            messages.success(
                request, "The statement is signed. Whatever is written from now on makes it void."
            )
            return redirect("quarter", pk=pk)
    pieces = shown_pieces(quality_statement(read_data(data)[0]))
    told = {"quarter": found, "form": form, "pieces": pieces}
    return render(request, "plans/sign_quarter.html", told, status=400 if form.errors else 200)
