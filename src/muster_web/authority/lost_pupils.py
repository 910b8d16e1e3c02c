"""Lost pupils: who on roll here may be one, a search with a reason, and a person who confirms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.transfers.actions.finding import deliver_lost, search_lost
from muster_web.transfers.actions.showing import note_lost_shown
from muster_web.transfers.queries.lost import Lost, candidates, get_case, offered, on_roll_here

OFFICERS = (Role.LA_OFFICER, Role.LA_APPROVER)


class SearchForm(forms.Form):
    """Whom to search for, and why."""

    upn = forms.CharField(label="UPN", max_length=13, required=False)
    surname = forms.CharField(label="Surname", max_length=100, required=False)
    born = DateField(label="Date of birth", required=False)
    reason = forms.CharField(
        label="Why do you search?", max_length=300, help_text="It is kept, and can be read by your auditor.",
        error_messages={"required": "Say why you search"},
    )  # fmt: skip


@open_to(*OFFICERS)
def lost_pupils(request: HttpRequest) -> HttpResponse:
    """Show who may be whom, and search; a search is posted, so that no name stands in an address."""
    viewer = viewer_of(request)
    form, found = SearchForm(**sent_with(request)), None
    try:
        fits = offered(viewer)
    except NotAllowed as refusal:
        return cannot(request, "look for lost pupils", refusal)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            found = _search(viewer, form.cleaned_data)
    note_lost_shown(viewer, [one.lost for one in fits] + (found or []))
    told = {"form": form, "found": found, "offered": fits}
    return render(request, "authority/lost_pupils.html", told, status=400 if form.errors else 200)


def _search(viewer: Viewer, said: dict[str, Any]) -> list[Lost]:
    born = said["born"].isoformat() if said["born"] else ""
    return search_lost(
        viewer=viewer, reason=said["reason"], upn=said["upn"], surname=said["surname"], born=born
    )


class ChoiceForm(forms.Form):
    """Which pupil on roll it is."""

    pupil = forms.IntegerField(
        min_value=1,
        max_value=2**62,
        error_messages={"required": "Choose the pupil it is", "invalid": "Choose the pupil it is"},
    )


@open_to(*OFFICERS)
def lost_pupil(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one lost pupil with those on roll who may be the same, and deliver the file once one is confirmed."""
    viewer = viewer_of(request)
    form = ChoiceForm(**sent_with(request))
    try:
        case = get_case(viewer, pk)
        if request.method == "POST" and form.is_valid():
            sent = deliver_lost(viewer=viewer, case=case, pupil=form.cleaned_data["pupil"])
            messages.success(request, f"{sent.receiver} has the file in its mailbox.")
            return redirect("lost_pupils")
        told = {"case": case, "form": form, "candidates": candidates(on_roll_here(viewer), [case])}
    except NotAllowed as refusal:
        return cannot(request, "deliver this file", refusal, back_url="/lost-pupils/")
    note_lost_shown(viewer, [case])
    return render(request, "authority/lost_pupil.html", told, status=400 if form.errors else 200)
