"""Send a file to another school."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import sent_with
from muster_web.provider.mailbox import EXCHANGERS
from muster_web.transfers.actions.sending import number_of, send


class SendForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="The file",
        help_text="Its name says where it goes, and its header must say the same.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )


@open_to(*EXCHANGERS)
def send_transfer(request: HttpRequest) -> HttpResponse:
    """Ask for a file, send it, and show its receipt; why one cannot go is told on the same page."""
    viewer = viewer_of(request)
    form = SendForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sent = send(viewer=viewer, chunks=file.chunks(), name=file.name)
            messages.success(request, f"{sent.transfer.name} was sent. {sent.said}".strip())
            return redirect("transfer", pk=sent.transfer.pk)
        except MusterError as refusal:
            form.add_error("file", str(refusal))
    told = {"form": form, "number": number_of(viewer.organisation) if viewer.organisation else ""}
    return render(request, "provider/send_transfer.html", told, status=400 if form.errors else 200)
