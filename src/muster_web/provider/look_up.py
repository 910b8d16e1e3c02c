"""Look up prior attainment and numbers of a pupil on roll."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.transfers.actions.looking_up import look_up as find
from muster_web.transfers.permissions import refuse_unless


class LookUpForm(forms.Form):
    """Whom to look up, and why; of a child whose UPN is sought, a former one may be known."""

    upn = forms.CharField(label="UPN", max_length=13, required=False)
    surname = forms.CharField(label="Surname", max_length=100, required=False)
    born = DateField(label="Date of birth", required=False)
    reason = forms.CharField(
        label="Why do you look?", max_length=300, help_text="It is kept, and can be read by your auditor.",
        error_messages={"required": "Say why you look"},
    )  # fmt: skip


@open_to(Role.PREPARER)
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask whom and why, and show what is known; it is posted, so that no name stands in an address."""
    viewer = viewer_of(request)
    refuse_unless(viewer, "exchange")
    form, asked, found = LookUpForm(**sent_with(request)), False, None
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            found, asked = find(viewer=viewer, **asked_for(form)), True
    told = {"form": form, "asked": asked, "found": found}
    return render(request, "provider/look_up.html", told, status=400 if form.errors else 200)


def asked_for(form: LookUpForm) -> dict[str, str]:
    """Whom a valid form asks for, and why, as the actions take it."""
    said = form.cleaned_data
    born = said["born"].isoformat() if said["born"] else ""
    return {"reason": said["reason"], "upn": said["upn"], "surname": said["surname"], "born": born}
