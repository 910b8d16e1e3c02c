"""Submit a return and get the receipt, or take a submission back that nobody has looked at."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.views import cannot
from muster_web.returns.actions import deciding
from muster_web.returns.queries.one import Standing, get_return

SENDERS = (Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER)


@open_to(*SENDERS)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will be sent, and send it."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    standing = Standing(subject, viewer)
    if not standing.may["submit"].allowed:
        return _refused(request, standing.may["submit"].reason, pk)
    if request.method == "POST":
        try:
            receipt = deciding.submit(viewer=viewer, subject=subject)
        except NotAllowed as refusal:
            return _refused(request, str(refusal), pk)
        messages.success(request, f"{subject.organisation.name} has submitted its return.")
        return redirect("receipt", pk=receipt.pk)
    return render(request, "provider/submit.html", {"standing": standing})


def _refused(request: HttpRequest, reason: str, pk: int) -> HttpResponse:
    return cannot(request, "submit this return", reason, back_url=f"/returns/{pk}/")


@require_POST
@open_to(*SENDERS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submission back."""
    viewer = viewer_of(request)
    try:
        deciding.withdraw(viewer=viewer, subject=get_return(viewer, pk))
    except NotAllowed as refusal:
        return cannot(request, "take this return back", refusal, back_url=f"/returns/{pk}/")
    messages.success(request, "The return was taken back. It has to be submitted again.")
    return redirect("return_page", pk=pk)
