"""Say why hidden items are needed, and see them for a quarter of an hour."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import sent_with
from muster_web.privacy.actions.unmasking import unmask as show
from muster_web.returns.queries.one import get_return


class UnmaskForm(forms.Form):
    """The reason."""

    reason = forms.CharField(
        label="Why do you need to see it?", max_length=300,
        help_text="Your reason is noted, and the school can read it.",
        error_messages={"required": "Say why you need to see it"},
    )  # fmt: skip
    record = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)


@open_to(Role.PREPARER, Role.HEAD, Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR)
def unmask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason; ``record`` names one record, without it the whole return is shown, then goes back."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    back = request.GET.get("next") or request.POST.get("next") or f"/returns/{pk}/"
    back = (
        back
        if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        else f"/returns/{pk}/"
    )
    form = UnmaskForm(**sent_with(request), initial={"record": request.GET.get("record", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            show(viewer=viewer, subject=subject, reason=said["reason"], record_mark=said["record"])
        except MusterError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "Hidden items are shown to you for 15 minutes.")
            return redirect(back)
    told = {"form": form, "subject": subject, "next": back}
    return render(request, "governance/unmask.html", told, status=400 if form.errors else 200)
