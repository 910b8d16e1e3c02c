"""What the head reads and signs: the return's figures, large changes, and what is missing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.inspecting import summary_of
from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import number_in
from muster_web.design.views import cannot
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.checking import inspect
from muster_web.returns.actions.deciding import sign
from muster_web.returns.permissions import permissions
from muster_web.returns.queries.one import Standing, get_return


@open_to(*SEERS)
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the summary; posted by the head, sign it."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    standing = Standing(subject, viewer)
    if subject.current is None:
        return cannot(request, "see the summary", "no data have been loaded yet", back_url=f"/returns/{pk}/")
    if request.method == "POST":
        try:
            sign(viewer=viewer, subject=subject, revision=_shown_revision(request))
        except MusterError as refusal:
            return cannot(request, "sign this return", refusal, back_url=request.path)
        messages.success(request, "You have signed the return. It can now be submitted.")
        return redirect("return_page", pk=pk)
    shown = summary_of(inspect(subject.current), school_name=subject.organisation.name)
    may_sign = "sign" in permissions(viewer, subject)
    told = {"standing": standing, "summary": shown, "may_sign": may_sign}
    return render(request, "provider/summary.html", told)


def _shown_revision(request: HttpRequest) -> int:
    """Which state of the data the form was shown with; -1, which is none, where it does not say."""
    said = number_in(request.POST.get("revision", ""))
    return -1 if said is None else said
