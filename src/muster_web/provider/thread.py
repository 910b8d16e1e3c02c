"""The messages of a return: what school, authority, department and supplier say to each other about it."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.explaining import LONGEST, note_thread_read, say
from muster_web.returns.permissions import permissions
from muster_web.returns.queries.one import Standing, get_return
from muster_web.returns.queries.threads import thread_of

PER_PAGE = 50


class MessageForm(forms.Form):
    """What to say."""

    text = forms.CharField(
        label="Write to the others", widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST,
        help_text="Everybody who may see this return reads it. Name records by their rule or line, not people.",
        error_messages={"required": "Write something"},
    )  # fmt: skip


@open_to(*SEERS)
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the messages, the last first, and take another."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    form = MessageForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            say(viewer=viewer, subject=subject, text=form.cleaned_data["text"])
            return redirect("thread", pk=pk)
    told = {
        "standing": Standing(subject, viewer), "form": form, "may_write": "note" in permissions(viewer, subject),
        "page": Paginator(thread_of(subject), PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    note_thread_read(viewer=viewer, subject=subject)
    return render(request, "provider/thread.html", told, status=400 if form.errors else 200)
