"""The files of the authority's schools: out and in, not opened, and whether they came within 15 school days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.views import cannot
from muster_web.transfers.queries.flows import as_csv, flows, start_of_school_year, unclaimed
from muster_web.transfers.queries.mailbox import page_of


@open_to(Role.LA_OFFICER, Role.LA_APPROVER)
def pupil_files(request: HttpRequest) -> HttpResponse:
    """Show each school's figures of this school year, and the files nobody opened."""
    viewer = viewer_of(request)
    since, before = start_of_school_year(timezone.localdate()), request.GET.get("before", "")
    try:
        told = {
            "since": since, "flows": flows(viewer, since),
            "page": page_of(unclaimed(viewer), before=int(before) if before.isdecimal() and len(before) < 19 else 0),
        }  # fmt: skip
    except NotAllowed as refusal:
        return cannot(request, "see these figures", refusal)
    return render(request, "authority/pupil_files.html", told)


@open_to(Role.LA_OFFICER, Role.LA_APPROVER)
def pupil_files_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a table to take away."""
    viewer = viewer_of(request)
    try:
        found = flows(viewer, start_of_school_year(timezone.localdate()))
    except NotAllowed as refusal:
        return cannot(request, "take these figures away", refusal)
    answer = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="pupil-files.csv"'
    return answer
