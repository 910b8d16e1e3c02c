"""The register of information-sharing agreements of an organisation."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.catalogue import collection_names, load_collection
from muster.model import MusterError
from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.privacy.actions.sharing import end_agreement, note_agreement
from muster_web.privacy.models import Agreement
from muster_web.privacy.queries.registers import agreements_of


def _collections() -> list[tuple[str, str]]:
    return [("", "Every collection"), *((name, load_collection(name).title) for name in collection_names())]


class AgreementForm(forms.Form):
    """What an agreement says."""

    receiver = forms.ModelChoiceField(
        Organisation.objects.exclude(kind__in=("school", "department")).order_by("name"),
        label="Who receives the data", empty_label="Choose",
        error_messages={"required": "Choose who receives the data"},
    )  # fmt: skip
    title = forms.CharField(label="What the agreement is called", max_length=200)
    collection = forms.ChoiceField(label="Of which collection", choices=_collections, required=False)
    items = forms.CharField(label="Which data", help_text="For example: names, contracts, hours. Not pay.")
    purpose = forms.CharField(label="What they may be used for")
    starts = DateField(label="From which day")
    review_by = DateField(
        label="By which day it is looked at again", help_text="After it nothing is exported."
    )


@open_to(Role.APPROVER, Role.AUDITOR)
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements; posted by the approver, note one more."""
    viewer = viewer_of(request)
    form = AgreementForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            note_agreement(viewer=viewer, agreement=Agreement(giver=viewer.organisation, **form.cleaned_data))
            messages.success(request, "The agreement is in the register.")
            return redirect("agreements")
    told = {
        "form": form,
        "agreements": agreements_of(own_organisation(request)),
        "may_note": Role.APPROVER in viewer.roles,
    }
    return render(request, "governance/agreements.html", told, status=400 if form.errors else 200)


@require_POST
@open_to(Role.APPROVER)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an agreement of the viewer's organisation today."""
    viewer = viewer_of(request)
    found = next((one for one in agreements_of(own_organisation(request)) if one.pk == pk), None)
    if found is None:
        raise Http404
    try:
        end_agreement(viewer=viewer, agreement=found)
    except MusterError as refusal:
        return cannot(request, "end this agreement", refusal, back_url="../../")
    messages.success(request, f"{found.title} has ended. Nothing is exported under it from now on.")
    return redirect("agreements")
