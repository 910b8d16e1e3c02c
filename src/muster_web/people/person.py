"""One member of the organisation: what they hold, and what an approver can change about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.actions import granting
from muster_web.accounts.models import Grant, User
from muster_web.accounts.queries.people import Person, past_grants, person_in
from muster_web.accounts.queries.standing import manages
from muster_web.accounts.roles import Role
from muster_web.machines.queries.accounts import made_by
from muster_web.people.answering import attempt, attempt_form
from muster_web.people.forms import GrantForm


@open_to(Role.APPROVER)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member, and give them a role."""
    viewer, organisation, who = viewer_of(request), own_organisation(request), _member(request, pk)
    form = GrantForm(organisation, request.POST or None)

    def give() -> object:
        role = form.cleaned_data["role"]
        return granting.grant(viewer=viewer, membership=who.membership, role=role, terms=form.terms)

    if request.method == "POST" and attempt_form(request, form, give, f"{who.user} has the role."):
        return redirect("person", pk=pk)
    shown = {
        "person": who, "form": form, "may": manages(viewer, organisation, about=who.user),
        "past": past_grants(organisation, pk),
    }  # fmt: skip
    return render(request, "people/person.html", shown)


@require_POST
@open_to(Role.APPROVER)
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    mine = Grant.objects.select_related("membership__organisation", "membership__user")
    held = get_object_or_404(mine, pk=pk, membership__organisation=own_organisation(request))
    attempt(request, granting.end_grant, f"{held.membership.user} no longer has the role.", held=held)
    return redirect("person", pk=held.membership.user_id)


@require_POST
@open_to(Role.APPROVER)
def remove_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out of the organisation at once."""
    who = _member(request, pk)
    said = f"{who.user} was removed, and signed out everywhere."
    done = attempt(request, granting.remove, said, membership=who.membership)
    known = [one.name for one in made_by(viewer_of(request), who.user)] if done else []
    if known:
        machines = ", ".join(known)
        messages.warning(
            request,
            f"{who.user} may know the secret of {machines}. Give each a new secret and end the old ones.",
        )
    return redirect("people") if done else redirect("person", pk=pk)


_ACCOUNTS = {
    "suspend": (granting.suspend, "is suspended, and signed out everywhere."),
    "reinstate": (granting.reinstate, "can sign in again."),
    "archive": (granting.archive, "was archived, and signed out everywhere."),
}


@require_POST
@open_to(Role.APPROVER)
def change_account(request: HttpRequest, pk: int, change: str) -> HttpResponse:
    """Suspend, reinstate or archive the account of somebody who belongs here alone."""
    if change not in _ACCOUNTS:
        raise Http404
    who: User = _member(request, pk).user
    action, said = _ACCOUNTS[change]
    done = attempt(request, action, f"{who} {said}", user=who)
    return redirect("people") if done and change == "archive" else redirect("person", pk=pk)


def _member(request: HttpRequest, pk: int) -> Person:
    found = person_in(own_organisation(request), pk)
    if found is None:
        raise Http404
    return found
