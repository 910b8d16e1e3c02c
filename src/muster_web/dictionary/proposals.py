"""Every proposed change and how far it has got."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to_everybody
from muster_web.proposals.models import Proposal
from muster_web.proposals.queries import every_proposal

PER_PAGE = 50


@open_to_everybody
def proposals(request: HttpRequest) -> HttpResponse:
    """List the proposals, all or those of one state."""
    state = request.GET.get("state", "")
    page = Paginator(every_proposal(state), PER_PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "state": state, "states": Proposal.State.choices}
    return render(request, "dictionary/proposals.html", told)
