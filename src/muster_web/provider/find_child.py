"""Does this child already have a UPN?  Asked before a new one is given, with a reason that is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.provider.look_up import LookUpForm, asked_for
from muster_web.transfers.actions.looking_up import look_for_child
from muster_web.transfers.queries.children import may_look_for_children


@open_to(Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER)
def find_child(request: HttpRequest) -> HttpResponse:
    """Ask which child and why, and show who may be it; it is posted, so that no name stands in an address."""
    viewer = viewer_of(request)
    if not may_look_for_children(viewer):
        return cannot(request, "look for a child", "your role does not let you do this")
    form, found = LookUpForm(**sent_with(request)), None
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            found = look_for_child(viewer=viewer, **asked_for(form))
    told = {"form": form, "found": found}
    return render(request, "provider/find_child.html", told, status=400 if form.errors else 200)
