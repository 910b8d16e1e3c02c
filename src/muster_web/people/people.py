"""Who is in the organisation, what they hold, and what needs an eye: the approver's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.queries.people import people_of, running_claim, waiting_invitations
from muster_web.accounts.queries.requests import to_answer
from muster_web.accounts.queries.reviews import last_review, review_is_due
from muster_web.accounts.roles import Role


@open_to(Role.APPROVER)
def people(request: HttpRequest) -> HttpResponse:
    """People by roles, with the invitations that wait."""
    organisation = own_organisation(request)
    members = people_of(organisation)
    shown = {
        "people": members,
        "invitations": waiting_invitations(organisation),
        "approvers": sum(one.is_approver for one in members),
        "not_seen": [one for one in members if one.not_seen],
        "claim": running_claim(organisation),
        "requests": len(to_answer(viewer_of(request))),
        "review": last_review(organisation),
        "review_is_due": review_is_due(organisation),
    }
    return render(request, "people/people.html", shown)
