"""Lend a role to another member for a time, as for a holiday."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.actions import granting
from muster_web.accounts.models import Membership
from muster_web.accounts.queries.standing import grants_in_force
from muster_web.accounts.roles import Role
from muster_web.people.answering import attempt_form
from muster_web.people.forms import DelegateForm


@open_to(Role.APPROVER)
def delegate(request: HttpRequest) -> HttpResponse:
    """Choose the role, the person and the days."""
    viewer, organisation = viewer_of(request), own_organisation(request)
    grants = grants_in_force(organisation).filter(delegated_from=None)
    members = Membership.objects.filter(
        Membership.in_force(), organisation=organisation, user__is_active=True
    )
    form = DelegateForm(grants, members.select_related("user"), request.POST or None)

    def lend() -> object:
        said = form.cleaned_data
        return granting.delegate(
            viewer=viewer, held=said["grant"], to=said["to"], starts=said["starts"], ends=said["ends"]
        )

    if request.method == "POST" and attempt_form(request, form, lend, "The role is lent for these days."):
        return redirect("people")
    return render(request, "people/delegate.html", {"form": form})
