"""Today's work over many returns: each filter with the number of returns it lists, and how the round will end."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to
from muster_web.accounts.roles import Role
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.board import WORK, counts_of, forecast, get_round, returns_of

OVERSEERS = (Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR)
PER_PAGE = 50
SORTABLE = (
    ("name", "School"),
    ("number", "Number"),
    ("to_fix", "To fix"),
    ("to_explain", "To explain"),
    ("last", "Last change"),
)


@open_to(*OVERSEERS, Role.PREPARER)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the returns of a round, in one kind of work or all."""
    viewer = request.viewer  # type: ignore[attr-defined]
    round_ = get_round(viewer, pk)
    asked = {name: request.GET.get(name, "") for name in ("work", "search", "sort")}
    everything = visible_returns(viewer).filter(round=round_)
    counts = counts_of(everything)
    found = returns_of(
        viewer, round_, work=asked["work"], search=asked["search"], sort=asked["sort"] or "name"
    )
    told = {
        "round": round_, "asked": asked, "sortable": SORTABLE, "all": sum(counts.values()),
        "work": [(name, words, counts[name]) for name, (words, _) in WORK.items()],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "forecast": forecast(everything, round_),
    }  # fmt: skip
    return render(request, "authority/board.html", told)
