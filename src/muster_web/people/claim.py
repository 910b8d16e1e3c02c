"""Claim the approver role, confirm a claim, or object to one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from muster_web.accounts.access import (
    open_to,
    open_to_everybody,
    open_to_signed_in,
    own_organisation,
    viewer_of,
)
from muster_web.accounts.actions import claiming
from muster_web.accounts.models import Claim
from muster_web.accounts.queries.people import claims_overseen, running_claim
from muster_web.accounts.queries.standing import approvers_of
from muster_web.accounts.roles import Role
from muster_web.people.answering import attempt, attempt_form
from muster_web.people.forms import ObjectionForm


@open_to_signed_in
def claim(request: HttpRequest) -> HttpResponse:
    """Show who the approver is or claims to be; take a claim."""
    organisation = own_organisation(request)
    if request.method == "POST":
        said = "You have claimed the role. It begins after five days unless somebody objects."
        attempt(request, claiming.claim, said)
        return redirect("claim")
    shown = {
        "approvers": approvers_of(organisation), "claim": running_claim(organisation), "organisation": organisation,
        "days": claiming.DAYS_TO_OBJECT.days,
    }  # fmt: skip
    return render(request, "people/claim.html", shown)


@open_to(Role.APPROVER)
def claims(request: HttpRequest) -> HttpResponse:
    """The running claims of the organisations that the viewer's oversees."""
    return render(request, "people/claims.html", {"claims": claims_overseen(viewer_of(request))})


@require_POST
@open_to(Role.APPROVER)
def confirm_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch for a claim."""
    subject = next((one for one in claims_overseen(viewer_of(request)) if one.pk == pk), None)
    if subject is None:
        raise Http404
    attempt(request, claiming.confirm, "The claim is confirmed; the role begins today.", subject=subject)
    return redirect("claims")


@open_to_signed_in
def object_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Object as a member of the organisation, or of one that oversees it."""
    viewer = viewer_of(request)
    seen = [*claims_overseen(viewer), running_claim(own_organisation(request))]
    subject = next((one for one in seen if one is not None and one.pk == pk), None)
    if subject is None:
        raise Http404
    return _object(request, subject, "")


@never_cache
@open_to_everybody
def object_to_claim(request: HttpRequest, link: str) -> HttpResponse:
    """Object by the link of the letter, without signing in."""
    found = claiming.claim_of_link(link)
    if found is None:
        raise Http404
    return _object(request, get_object_or_404(Claim, pk=found.pk), link)


def _object(request: HttpRequest, subject: Claim, link: str) -> HttpResponse:
    form = ObjectionForm(request.POST or None)

    def stop() -> object:
        reason = form.cleaned_data["reason"]
        return claiming.object_to(viewer=viewer_of(request), subject=subject, reason=reason, link=link)

    said = "You have objected. The role does not begin."
    if request.method == "POST" and attempt_form(request, form, stop, said):
        return redirect("home" if request.user.is_authenticated else "account_login")
    return render(request, "people/object_claim.html", {"form": form, "claim": subject})
