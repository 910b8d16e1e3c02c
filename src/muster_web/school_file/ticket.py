"""One question or request: what was written about it, by whom, and whose turn it is."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.schools.actions import asking
from muster_web.schools.permissions import CHALLENGERS, WRITERS, readable_tickets


class ReplyForm(forms.Form):
    """What to say."""

    text = forms.CharField(
        label="Write to the other side", widget=forms.Textarea(attrs={"rows": 4}), max_length=4_000,
        help_text="The school and its authority read this. Do not name pupils or staff.",
        error_messages={"required": "Write something"},
    )  # fmt: skip


@open_to(*WRITERS, *CHALLENGERS)
def ticket(request: HttpRequest, number: int) -> HttpResponse:
    """Show the thread, the first first, and take another contribution."""
    viewer = viewer_of(request)
    found = get_object_or_404(readable_tickets(viewer), pk=number)
    form = ReplyForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            asking.reply(viewer=viewer, ticket=found, text=form.cleaned_data["text"])
            return redirect("ticket", number)
    told = {
        "ticket": found, "school": found.school, "form": form, "replies": found.replies.select_related("by", "of"),
    }  # fmt: skip
    return render(request, "school_file/ticket.html", told, status=400 if form.errors else 200)


@open_to(*WRITERS, *CHALLENGERS)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Say that it is done with."""
    viewer = viewer_of(request)
    found = get_object_or_404(readable_tickets(viewer), pk=number)
    try:
        asking.close(viewer=viewer, ticket=found)
    except MusterError as refusal:
        return cannot(request, "close this", refusal, back_url=f"/schools/tickets/{number}/")
    messages.success(request, "It is closed. Everything written stays here.")
    return redirect("ticket", number)
