"""Pupils who left: by when their file is due, and whether it went."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.transfers.actions.enrolling import note_leaver
from muster_web.transfers.actions.showing import note_shown
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.queries.leavers import leavers as with_days
from muster_web.transfers.queries.leavers import left_of

_SHOWN_FOR = timedelta(days=365)
_MOST = 500


class LeaverForm(forms.Form):
    """Who left, and when."""

    upn = forms.CharField(label="UPN", max_length=13, error_messages={"required": "Enter the pupil's UPN"})
    left = DateField(label="Last day on roll", error_messages={"required": "Enter the last day on roll"})


@open_to(Role.PREPARER)
def leavers(request: HttpRequest) -> HttpResponse:
    """Show those who left within a year, the last first, and note another."""
    viewer = viewer_of(request)
    school = refuse_unless(viewer, "exchange")
    form = LeaverForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            note_leaver(viewer=viewer, **form.cleaned_data)
            messages.success(request, "It is noted. The file is due within 15 school days.")
            return redirect("leavers")
    since = timezone.localdate() - _SHOWN_FOR
    found = list(with_days(left_of([school], since=since).reverse()[:_MOST]))
    note_shown(viewer, [one.pupil for one in found], "leavers")
    told = {"form": form, "leavers": found}
    return render(request, "provider/leavers.html", told, status=400 if form.errors else 200)
