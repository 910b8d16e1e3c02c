"""The records of one return that add to a figure; each leads to its own page, where sensitive items stay hidden."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.audit.record import read_of
from muster_web.design.views import cannot
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.finding import get_figure
from muster_web.performance.queries.parts import records_of
from muster_web.returns.queries.one import get_return


@open_to(*KEEPERS)
def figure_records(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show them; that they were looked at goes into the audit."""
    viewer = viewer_of(request)
    figure = get_figure(viewer, pk)
    subject = get_return(viewer, number)
    part = next((one for one in figure.parts if one["return"] == subject.pk), None)
    if part is None:
        raise Http404
    try:
        found = records_of(figure, part)
    except MusterError as refusal:
        return cannot(request, "see the records", refusal, back_url=f"/plans/figures/{pk}/")
    read_of(
        viewer, subject=f"return:{subject.pk}", records=[one.identity for one in found],
        organisations=[subject.organisation_id], page="figure",
    )  # fmt: skip
    is_current = part["version"] == str(subject.current_id)
    told = {"figure": figure, "subject": subject, "part": part, "records": found, "is_current": is_current}
    return render(request, "plans/figure_records.html", told)
