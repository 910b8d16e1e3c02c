"""The rules that fail over many returns: look once, decide many."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.authority.board import OVERSEERS
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.board import get_round, rules_over


@open_to(*OVERSEERS)
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Show each rule with the number of returns it fails in."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    found = rules_over(visible_returns(viewer).filter(round=round_))
    return render(request, "authority/rules.html", {"round": round_, "rules": found})
