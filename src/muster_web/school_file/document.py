"""Put a document into the file of a school; take one out of it to read."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.schools.actions.filing import file_document, read_document
from muster_web.schools.models import Document
from muster_web.schools.permissions import CHALLENGERS, READERS, WRITERS, may_fill, readable_documents
from muster_web.schools.queries.school_file import get_school


class DocumentForm(forms.Form):
    """A file, what it is, and who may read it."""

    title = forms.CharField(label="What is it?", max_length=120, help_text="By these words it is found.")
    file = forms.FileField(
        label="The file", help_text="At most 10 MB. It is kept as it comes.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )  # fmt: skip
    shared = forms.BooleanField(
        label="The school may read it",
        required=False,
        help_text="What a school files itself, its authority reads.",
    )


@open_to(*WRITERS, *CHALLENGERS)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a document; posted, keep it."""
    viewer, school = viewer_of(request), get_school(pk)
    if not may_fill(viewer, school):
        raise Http404
    form = DocumentForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        with refusals_on(form):
            made = Document(
                school=school, title=sent["title"], shared=sent["shared"], name=sent["file"].name,
                size=sent["file"].size,
            )  # fmt: skip
            file_document(viewer=viewer, document=made, chunks=sent["file"].chunks())
            messages.success(request, "The document is in the file.")
            return redirect("school", pk=pk)
    told = {"school": school, "form": form}
    return render(request, "school_file/document.html", told, status=400 if form.errors else 200)


@open_to(*READERS)
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Give a document as it came."""
    viewer = viewer_of(request)
    one = get_object_or_404(readable_documents(viewer), pk=number)
    try:
        content = read_document(viewer=viewer, document=one)
    except MusterError as refusal:
        return cannot(request, "read this document", refusal, back_url=f"/schools/{one.school_id}/")
    named = content_disposition_header(True, one.name) or "attachment"
    return HttpResponse(
        content, content_type="application/octet-stream", headers={"Content-Disposition": named}
    )
