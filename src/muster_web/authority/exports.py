"""Take many returns away: choose what, see how far it is, take the zip."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.authority.board import OVERSEERS
from muster_web.authority.choosing import chosen_returns
from muster_web.design.forms import refusals_on
from muster_web.design.views import cannot
from muster_web.privacy.actions.exporting_many import ask_for_export, take_export
from muster_web.privacy.models import Export
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.board import get_round


class ExportForm(forms.Form):
    """What of each return."""

    what = forms.ChoiceField(
        label="What do you take away?", choices=Export.What.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what to take away"},
    )  # fmt: skip


@open_to(*OVERSEERS, step_up=True)
def exports(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what to take away of the chosen returns, or of all; and list what one asked for, with how far it is."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    chosen = chosen_returns(request, viewer, round_)
    everything = visible_returns(viewer).filter(round=round_).exclude(current=None)
    subjects = [one for one in chosen or everything if one.current_id is not None]
    form = ExportForm(request.POST if "asked" in request.POST else None)
    if form.is_valid():
        with refusals_on(form):
            ask_for_export(viewer=viewer, round=round_, subjects=subjects, what=form.cleaned_data["what"])
            messages.success(request, "The zip is being made. Load this page again to see how far it is.")
            return redirect("exports", pk=pk)
    mine = Export.objects.filter(round=round_, by=viewer.user, organisation=viewer.organisation)
    told = {
        "round": round_, "form": form, "subjects": subjects, "exports": mine.order_by("-at")[:20],
        "is_all": not chosen,
    }  # fmt: skip
    return render(request, "authority/exports.html", told, status=400 if form.errors else 200)


@open_to(*OVERSEERS, step_up=True)
def export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Give the zip to the one who asked for it."""
    viewer = viewer_of(request)
    found = get_object_or_404(Export, pk=pk, by=viewer.user, organisation=viewer.organisation)
    try:
        content = take_export(viewer=viewer, export=found)
    except NotAllowed as refusal:
        back = f"/rounds/{found.round_id}/exports/"
        return cannot(request, "take this away", refusal, back_url=back)
    name = f"{found.what}_{found.at:%Y-%m-%d}.zip"
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
