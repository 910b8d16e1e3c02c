"""The terms of the authority's schools, by which files between them are chased."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.transfers.actions.terms import add_term, remove_term
from muster_web.transfers.queries.terms import terms_of


class TermForm(forms.Form):
    """One term, or one half of one."""

    name = forms.CharField(label="Name", max_length=60, error_messages={"required": "Enter a name"})
    starts = DateField(label="First day", error_messages={"required": "Enter the first day"})
    ends = DateField(label="Last day", error_messages={"required": "Enter the last day"})


@open_to(Role.LA_OFFICER, Role.LA_APPROVER)
def terms(request: HttpRequest) -> HttpResponse:
    """Show the terms, and add one."""
    viewer = viewer_of(request)
    form = TermForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            add_term(viewer=viewer, **form.cleaned_data)
            messages.success(request, "The term is kept; files are chased by it from now on.")
            return redirect("terms")
    told = {"form": form, "terms": terms_of(viewer.organisation) if viewer.organisation else []}
    return render(request, "authority/terms.html", told, status=400 if form.errors else 200)


@require_POST
@open_to(Role.LA_OFFICER, Role.LA_APPROVER)
def leave_out_term(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a term away."""
    remove_term(viewer=viewer_of(request), term=pk)
    return redirect("terms")
