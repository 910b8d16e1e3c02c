"""The page where an organisation's approver makes, rotates and revokes the service accounts of its machines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.catalogue.load import collection_names
from muster.model import MusterError
from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import MEANS, Role
from muster_web.design.forms import refusals_on, sent_with
from muster_web.machines.actions import accounts as acting
from muster_web.machines.queries.accounts import accounts_of, get_account


class MachineForm(forms.Form):
    """A new service account."""

    name = forms.CharField(
        label="Which machine is it?", max_length=100, help_text="For example: our MIS, at night"
    )
    roles = forms.MultipleChoiceField(
        label="What can it do?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a role"},
    )
    collection = forms.ChoiceField(label="In which collection?", required=False)
    networks = forms.CharField(
        label="Which addresses can it come from?", required=False,
        help_text="Separated by spaces, for example 192.0.2.0/24. Leave it empty for any address.",
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, f"It {MEANS[role]}") for role in acting.roles_for_machines(organisation)]
        collections = [("", "All of them"), *((name, name.replace("_", " ")) for name in collection_names())]
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        self.fields["collection"].choices = collections  # type: ignore[attr-defined]


@open_to(Role.APPROVER)
def machines(request: HttpRequest) -> HttpResponse:
    """Show the accounts of the organisation."""
    viewer = viewer_of(request)
    return render(request, "api/machines.html", {"accounts": accounts_of(viewer)})


@open_to(Role.APPROVER, step_up=True)
def new_machine(request: HttpRequest) -> HttpResponse:
    """Ask what the machine is and can do, make its account, and show its secret this once."""
    viewer = viewer_of(request)
    form = MachineForm(**sent_with(request), organisation=own_organisation(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            made = acting.make_account(
                viewer=viewer, name=said["name"], roles=[Role(one) for one in said["roles"]],
                collection=said["collection"], networks=said["networks"].split(),
            )  # fmt: skip
            return _shown_once(request, made)
    return render(request, "api/new_machine.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@open_to(Role.APPROVER, step_up=True)
def change_machine(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Give an account a new secret, end its old ones, or revoke it."""
    viewer = viewer_of(request)
    account = get_account(viewer, pk)
    try:
        if what == "rotate":
            return _shown_once(request, acting.rotate_secret(viewer=viewer, account=account))
        if what == "end-old":
            acting.end_old_secrets(viewer=viewer, account=account)
        elif what == "revoke":
            acting.revoke_account(viewer=viewer, account=account)
        else:
            raise Http404
    except MusterError as refusal:
        messages.error(request, str(refusal))
        return redirect("machines")
    done = "was revoked" if what == "revoke" else "has only its newest secret left"
    messages.success(request, f"{account.name} {done}.")
    return redirect("machines")


def _shown_once(request: HttpRequest, made: acting.Made) -> HttpResponse:
    answer = render(request, "api/secret.html", {"made": made})
    answer["Cache-Control"] = "no-store"
    return answer
