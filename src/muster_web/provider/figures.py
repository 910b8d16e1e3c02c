"""What is published of a return: its figures with the sums they are made of, and the tables beside them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.inspecting import figures_of
from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.views import cannot
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.checking import inspect
from muster_web.returns.queries.one import Standing, get_return


@open_to(*SEERS)
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the figures of the return as it stands, with the changes made on screen."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    back = f"/returns/{pk}/"
    if subject.current is None:
        return cannot(request, "see the figures", "no data have been loaded yet", back_url=back)
    try:
        found = figures_of(inspect(subject.current))
    except MusterError as refusal:
        return cannot(request, "see the figures", refusal, back_url=back)
    told = {"standing": Standing(subject, viewer), "figures": found}
    return render(request, "provider/figures.html", told)
