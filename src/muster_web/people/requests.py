"""What was asked for: to be answered by the viewer, asked by the viewer, and answered lately."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.accounts.actions import asking
from muster_web.accounts.models import AccessRequest
from muster_web.accounts.queries import requests as queries
from muster_web.accounts.roles import Role
from muster_web.people.answering import attempt


@open_to_signed_in
def requests(request: HttpRequest) -> HttpResponse:
    """The inbox, and one's own requests."""
    viewer = viewer_of(request)
    approver = Role.APPROVER in viewer.roles
    shown = {
        "to_answer": queries.to_answer(viewer),
        "mine": queries.made_by(viewer),
        "answered": queries.answered_lately(viewer) if approver else [],
        "approver": approver,
    }
    return render(request, "people/requests.html", shown)


@require_POST
@open_to_signed_in
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one asked for."""
    mine = get_object_or_404(AccessRequest, pk=pk, by=request.user)
    attempt(request, asking.withdraw_request, "Your request was taken back.", subject=mine)
    return redirect("requests")
