"""Send a zip with the returns of many schools, and see what became of each file."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import sent_with
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import Upload
from muster_web.returns.queries.board import get_round


class ZipForm(forms.Form):
    """A zip, or one file."""

    file = forms.FileField(
        label="A zip with one XML file for each school",
        help_text="Each file says which school it is for. A file that cannot be taken does not hold up the others.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )


@open_to(Role.LA_OFFICER, Role.LA_APPROVER)
def send_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the zip in, and list the last uploads with their refusals."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    form = ZipForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            receive(viewer=viewer, round=round_, chunks=file.chunks(), name=file.name)
            return redirect("send_many", pk=pk)
        except MusterError as refusal:
            form.add_error("file", str(refusal))
    uploads = Upload.objects.filter(round=round_, organisation=viewer.organisation).order_by("-at")[:10]
    told = {"round": round_, "form": form, "uploads": uploads}
    return render(request, "authority/send_many.html", told, status=400 if form.errors else 200)
