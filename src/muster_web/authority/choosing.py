"""Which returns a page over many is asked to work on: those ticked on the board, or all that one of its lists holds."""

from __future__ import annotations

from django.http import HttpRequest

from muster_web.accounts.viewer import Viewer
from muster_web.design.forms import ticked
from muster_web.returns.models import Return, Round
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.board import in_work

MOST = 1_000


def chosen_returns(request: HttpRequest, viewer: Viewer, round_: Round) -> list[Return]:
    """The returns named in a request that the viewer may see, or those of a kind of work; by the name of the school."""
    asked = request.POST if request.method == "POST" else request.GET
    seen = visible_returns(viewer).filter(round=round_).order_by("organisation__name").defer(None)
    chosen = ticked(asked, "return")
    if chosen:
        return list(seen.filter(pk__in=chosen[:MOST]))
    return list(in_work(seen, asked["work"])[:MOST]) if asked.get("work") else []
