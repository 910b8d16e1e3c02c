"""One batch for learner numbers: the file as it went, and its answer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import refusals_on, sent_with
from muster_web.transfers.actions.numbering import batch_bytes, collect, take_answer
from muster_web.transfers.actions.showing import note_shown
from muster_web.transfers.queries.learners import get_batch, requests_of
from muster_web.transfers.stored import gather

_MOST = 20 << 20


class AnswerForm(forms.Form):
    """The answer, where it was carried by hand."""

    file = forms.FileField(
        label="The answer", help_text="The CSV file of the service, with ReturnCode as its last column.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )  # fmt: skip


@open_to(Role.PREPARER)
def learner_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was asked and what came back; take in the answer, fetched or brought."""
    viewer = viewer_of(request)
    batch = get_batch(viewer, pk)
    fetching = request.method == "POST" and "collect" in request.POST
    form = AnswerForm() if fetching else AnswerForm(**sent_with(request))
    if fetching:
        messages.success(request, f"{collect(viewer=viewer, batch=batch):,} numbers were given.")
        return redirect("learner_numbers")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            file = form.cleaned_data["file"]
            text = _as_text(gather(file.chunks(), file.name, most=_MOST), file.name)
            given = take_answer(viewer=viewer, batch=batch, text=text, name=file.name)
            messages.success(request, f"{given:,} numbers were given.")
            return redirect("learner_numbers")
    asked = requests_of(batch)
    note_shown(viewer, [one.pupil for one in asked], "learner batch")
    told = {"batch": batch, "form": form, "requests": asked}
    return render(request, "provider/learner_batch.html", told, status=400 if form.errors else 200)


def _as_text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MusterError(f"{name} is no text in UTF-8. Save it as CSV (UTF-8) again.") from None


@open_to(Role.PREPARER)
def download_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the batch as it went."""
    viewer = viewer_of(request)
    batch = get_batch(viewer, pk)
    named = content_disposition_header(True, batch.name) or "attachment"
    content = batch_bytes(viewer=viewer, batch=batch)
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": named}
    )
