"""Decide on many returns at once: first what would be done and what not and why, then do it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.design.forms import ticked
from muster_web.returns.actions import deciding
from muster_web.returns.models import Return
from muster_web.returns.permissions import may_do_many, visible_returns
from muster_web.returns.queries.board import get_round

MOST = 1_000


@open_to(Role.LA_APPROVER, Role.COLLECTOR, step_up=True)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what approving, or for the department authorising, the chosen returns would do; confirmed, do it."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    action = "authorise" if Role.COLLECTOR in viewer.roles else "approve"
    chosen = ticked(request.POST, "return")[:MOST]
    found = list(visible_returns(viewer).filter(round=round_, pk__in=chosen).order_by("organisation__name"))
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        decided = _decide(viewer, found, action)
        done = sum(one.done for one in decided)
        messages.success(request, f"{done:,} of {len(decided):,} returns {_PAST[action]}.")
        for one in [one for one in decided if not one.done][:20]:
            messages.warning(request, f"{one.subject.organisation.name}: {one.why}")
        return redirect("board", pk=pk)
    answers = may_do_many(viewer, found, action)
    told = {
        "round": round_,
        "action": action,
        "answers": answers,
        "ready": sum(a.allowed for _, a in answers),
    }
    return render(request, "authority/batch.html", told)


_PAST = {"approve": "approved", "authorise": "authorised"}


def _decide(viewer: Viewer, found: list[Return], action: str) -> list[deciding.Decided]:
    if action == "approve":
        return deciding.approve_many(viewer=viewer, subjects=found)
    return deciding.authorise_many(viewer=viewer, subjects=found)
