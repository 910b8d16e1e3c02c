"""Go through everybody who can get in, once a term: keep or take each role, and sign."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.actions import reviewing
from muster_web.accounts.queries.people import people_of
from muster_web.accounts.queries.reviews import review_is_due, reviews_of
from muster_web.accounts.roles import Role


@open_to(Role.APPROVER, step_up=True)
def review(request: HttpRequest) -> HttpResponse:
    """The list to decide on, and the reviews signed before."""
    organisation = own_organisation(request)
    if request.method == "POST":
        return _sign(request)
    members = [one for one in people_of(organisation) if one.user.is_active]
    held = [(one, grant) for one in members for grant in one.grants if grant.holds]
    past = [(one, reviewing.is_genuine(one)) for one in reviews_of(organisation)]
    shown = {"held": held, "past": past, "due": review_is_due(organisation)}
    return render(request, "people/review.html", shown)


def _sign(request: HttpRequest) -> HttpResponse:
    chosen = {
        key.removeprefix("grant-"): value for key, value in request.POST.items() if key.startswith("grant-")
    }
    keep = {int(number): value == "keep" for number, value in chosen.items() if number.isdecimal()}
    try:
        made = reviewing.review(viewer=viewer_of(request), keep=keep)
    except MusterError as refusal:
        messages.error(request, str(refusal))
        return redirect("review")
    kept = made.lines.filter(kept=True).count()
    messages.success(
        request, f"You have signed the review: {kept} kept, {made.lines.count() - kept} taken away."
    )
    return redirect("people")
