"""Load a file into a return, or a zip with the returns of many schools."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import sent_with
from muster_web.returns.actions.uploading import receive
from muster_web.returns.queries.one import Standing, get_return


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="The XML file of your return, or a zip",
        help_text="The file decides which school it is for. What you loaded before is kept.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )


@open_to(Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a file, keep it, and go to its progress; a file that cannot be taken is told on the same page."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    form = UploadForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sent = receive(viewer=viewer, round=subject.round, chunks=file.chunks(), name=file.name)
            for one in sent.refused:
                form.add_error("file", one["reason"])
        except MusterError as refusal:
            form.add_error("file", str(refusal))
        if not form.errors:
            messages.success(request, f"{file.name} was received. Its number is {sent.pk}.")
            return redirect("progress", pk=pk)
    told = {"form": form, "standing": Standing(subject, viewer)}
    return render(request, "provider/upload.html", told, status=400 if form.errors else 200)
