"""Build the return here: the files that came, how much they gave, and what is still open."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster.assembling import kinds_of_files
from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.design.forms import sent_with
from muster_web.design.views import cannot
from muster_web.returns.actions import building
from muster_web.returns.models import Part, Return
from muster_web.returns.permissions import permissions
from muster_web.returns.queries.one import Standing, get_return, get_return_to_send_for

BUILDERS = (Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER, Role.SUPPLIER)


class PartForm(forms.Form):
    """One file, and which system it is from."""

    kind = forms.ChoiceField(
        label="Where is the file from?", choices=Part.Kind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label="The export or extract", help_text="CSV, XLSX or ODS, as your system writes it.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )  # fmt: skip

    def __init__(self, kinds: Set[str], **given: Any) -> None:
        """Ask where the file is from only where there is a choice."""
        super().__init__(**given)
        if "payroll" not in kinds:
            del self.fields["kind"]


@open_to(*BUILDERS)
def build(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the parts and the last build; with a file, keep it as a part.

    Whoever may only send sees their own files and how much of the return came, and no record.
    """
    viewer = viewer_of(request)
    subject = get_return_to_send_for(viewer, pk)
    kinds = kinds_of_files(subject.round.collection)
    if not kinds:
        return cannot(request, "build this return here", "it comes as one file", back_url=f"/returns/{pk}/")
    form = PartForm(kinds, **sent_with(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            building.send_part(
                viewer=viewer,
                subject=subject,
                kind=form.cleaned_data.get("kind", Part.Kind.MIS),
                name=file.name,
                chunks=file.chunks(),
            )
            messages.success(request, f"{file.name} was received.")
            return redirect("build", pk=pk)
        except MusterError as refusal:
            form.add_error("file", str(refusal))
    told = {
        "standing": Standing(subject, viewer), "form": form, "last": subject.builds.order_by("-pk").first(),
        "parts": _parts(viewer, subject).select_related("sender", "by").order_by("pk"),
        "sees": "see" in permissions(viewer, subject), "joins": "payroll" in kinds,
    }  # fmt: skip
    return render(request, "provider/build.html", told, status=400 if form.errors else 200)


def _parts(viewer: Viewer, subject: Return) -> QuerySet[Part]:
    """The files that count now: all of them, or the viewer's own where they may only send."""
    found = subject.parts.filter(replaced=None)
    return found if "see" in permissions(viewer, subject) else found.filter(sender=viewer.organisation)


@require_POST
@open_to(*BUILDERS)
def build_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Assemble the return and have it checked."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    try:
        made = building.build_return(viewer=viewer, subject=subject)
    except MusterError as refusal:
        return cannot(request, "build this return", refusal, back_url=f"/returns/{pk}/build/")
    said = (
        "The return was built and is being checked."
        if made.version
        else "Nothing has changed since the last build."
    )
    messages.success(request, said)
    return redirect("build", pk=pk)


@require_POST
@open_to(*BUILDERS)
def leave_out(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Leave one of the files out."""
    viewer = viewer_of(request)
    subject = get_return_to_send_for(viewer, pk)
    found = get_object_or_404(_parts(viewer, subject), pk=part)
    try:
        building.take_part_away(viewer=viewer, part=found)
    except MusterError as refusal:
        return cannot(request, "leave this file out", refusal, back_url=f"/returns/{pk}/build/")
    return redirect("build", pk=pk)
