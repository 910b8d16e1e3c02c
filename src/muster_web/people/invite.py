"""Invite somebody, send a link again, or make it useless."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.actions import inviting
from muster_web.accounts.models import Invitation, Organisation
from muster_web.accounts.queries.standing import manages, overseen_by
from muster_web.accounts.roles import Role
from muster_web.people.answering import attempt, attempt_form
from muster_web.people.forms import InviteForm


@open_to(Role.APPROVER)
def invite(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Invite to one's own organisation, or to one that is overseen and has no approver."""
    viewer, organisation = viewer_of(request), own_organisation(request)
    if pk is not None and pk != organisation.pk:
        organisation = get_object_or_404(overseen_by(organisation), pk=pk)
    form = InviteForm(organisation, request.POST or None)

    def send() -> object:
        said = form.cleaned_data
        return inviting.invite(
            viewer=viewer, organisation=organisation, email=said["email"], name=said["name"], roles=said["roles"],
            terms=form.terms,
        )  # fmt: skip

    sent = "The invitation is on its way. Its link holds for 48 hours."
    if request.method == "POST" and attempt_form(request, form, send, sent):
        return redirect("people")
    shown = {"form": form, "organisation": organisation, "may": manages(viewer, organisation)}
    return render(request, "people/invite.html", shown)


@require_POST
@open_to(Role.APPROVER)
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a new link."""
    invitation = _own(request, pk)
    attempt(
        request,
        inviting.resend,
        "A new link is on its way. The one before stopped working.",
        invitation=invitation,
    )
    return redirect("people")


@require_POST
@open_to(Role.APPROVER)
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link useless."""
    attempt(request, inviting.withdraw, "The invitation was withdrawn.", invitation=_own(request, pk))
    return redirect("people")


def _own(request: HttpRequest, pk: int) -> Invitation:
    organisation: Organisation = own_organisation(request)
    return get_object_or_404(
        Invitation.objects.select_related("organisation", "user"), pk=pk, organisation=organisation
    )
