"""Today's work over many returns: each filter with the number of returns it lists, and how the round will end."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.design.tables import PAGE, Column, Ordering, address
from muster_web.returns.models import Round
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.board import (
    WORK,
    access_to,
    counts_of,
    forecast,
    get_round,
    local_deadline,
    phases_of,
    returns_of,
    types_of,
)

OVERSEERS = (Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR)
PER_PAGE = 50
COLUMNS = (
    Column("Choose", hidden=True),
    Column("School", ("organisation__name", "pk")),
    Column("Number", ("organisation__la_code", "organisation__estab")),
    Column("To fix", ("to_fix", "organisation__name"), numeric=True),
    Column("To explain", ("to_explain", "organisation__name"), numeric=True),
    Column("Last change", ("last_event", "pk")),
    Column("Where it stands", ("state", "organisation__name")),
)
_ASKED = ("work", "search", "phase", "type")


@open_to(*OVERSEERS, Role.PREPARER)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the returns of a round, in one kind of work or all, narrowed and sorted."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    asked = {name: request.GET.get(name, "") for name in _ASKED}
    ordering = Ordering(COLUMNS, request.GET, default="school")
    found = returns_of(viewer, round_, **asked).order_by(*ordering.order_by)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    told = {
        "round": round_, "asked": asked, "ordering": ordering, "page": page,
        "access": access_to(viewer, page.object_list),
        **_filters(viewer, round_, asked, request.GET), **_outlook(viewer, round_),
    }  # fmt: skip
    return render(request, "authority/board.html", told)


def _filters(viewer: Viewer, round_: Round, asked: Mapping[str, str], query: QueryDict) -> dict[str, object]:
    """Every filter with its address and its count: how many returns the list has once it is pressed."""
    counts = counts_of(returns_of(viewer, round_, **{**asked, "work": ""}))
    phases = phases_of(returns_of(viewer, round_, **{**asked, "phase": ""}))
    types = types_of(returns_of(viewer, round_, **{**asked, "type": ""}))
    return {
        "all": (_with(query, work=""), sum(counts.values())),
        "work": [(_with(query, work=n), words, counts[n], asked["work"] == n) for n, (words, _) in WORK.items()],
        "phases": [(_with(query, phase=n), n, count, asked["phase"] == n) for n, count in phases],
        "types": [(_with(query, type=n), words, count, asked["type"] == n) for n, words, count in types],
        "clear": _with(query, phase="", type="", search=""),
    }  # fmt: skip


def _with(query: QueryDict, **changes: str) -> str:
    return address(query, {**changes, PAGE: ""})


def _outlook(viewer: Viewer, round_: Round) -> dict[str, object]:
    deadline = local_deadline(viewer, round_)
    everything = visible_returns(viewer).filter(round=round_)
    return {
        "deadline": deadline,
        "forecast": forecast(everything, round_, by=deadline.on if deadline else None),
    }
