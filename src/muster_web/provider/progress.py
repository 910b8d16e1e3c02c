"""How far the check of a file is: a page that asks again by itself, with or without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.provider.return_page import SEERS
from muster_web.returns.queries.one import Standing, get_return


@open_to(*SEERS)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the place in the queue, and go to the return once its check has ended."""
    viewer = viewer_of(request)
    standing = Standing(get_return(viewer, pk), viewer)
    if not standing.being_checked:
        return redirect("return_page", pk=pk)
    answer = render(request, "provider/progress.html", {"standing": standing})
    answer["Refresh"] = "3"
    return answer
