"""One file between schools: its receipt, what happened to it, what both sides wrote, and the file itself."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.provider.mailbox import EXCHANGERS
from muster_web.transfers.actions import receiving
from muster_web.transfers.permissions import is_party, is_receiver
from muster_web.transfers.queries.mailbox import get_transfer, happened, said_about
from muster_web.transfers.queries.retention import goes_on


class MessageForm(forms.Form):
    """What to say to the other side."""

    text = forms.CharField(
        label="Write to the other school", widget=forms.Textarea(attrs={"rows": 4}), max_length=receiving.LONGEST,
        help_text="Name a pupil by their place in the file, not by their name.",
        error_messages={"required": "Write something"},
    )  # fmt: skip


@open_to(*EXCHANGERS)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a file's receipt, and take a message about it."""
    viewer = viewer_of(request)
    one = get_transfer(viewer, pk)
    form = MessageForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            receiving.say(viewer=viewer, transfer=one, text=form.cleaned_data["text"])
            return redirect("transfer", pk=pk)
    told = {
        "transfer": one, "form": form, "events": happened(one), "said": said_about(one), "goes": goes_on(one),
        "is_party": is_party(viewer, one), "is_receiver": is_receiver(viewer, one),
    }  # fmt: skip
    return render(request, "provider/transfer.html", told, status=400 if form.errors else 200)


@open_to(*EXCHANGERS)
def download_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file as it came; who took it is kept."""
    viewer = viewer_of(request)
    one = get_transfer(viewer, pk)
    try:
        content = receiving.take(viewer=viewer, transfer=one)
    except MusterError as refusal:
        return cannot(request, "read this file", refusal, back_url=f"/mailbox/{pk}/")
    named = content_disposition_header(True, one.name) or "attachment"
    return HttpResponse(
        content, content_type="application/octet-stream", headers={"Content-Disposition": named}
    )


@require_POST
@open_to(*EXCHANGERS)
def acknowledge_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the file arrived and was dealt with."""
    viewer = viewer_of(request)
    one = get_transfer(viewer, pk)
    try:
        receiving.acknowledge(viewer=viewer, transfer=one)
    except MusterError as refusal:
        return cannot(request, "acknowledge this file", refusal, back_url=f"/mailbox/{pk}/")
    messages.success(request, f"{one.sender} can see that the file arrived.")
    return redirect("transfer", pk=pk)
