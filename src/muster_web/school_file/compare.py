"""Schools side by side, item by item, each figure of the same period."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.schools.permissions import READERS
from muster_web.schools.queries.comparing import MOST_COMPARED, compared
from muster_web.schools.queries.school_file import get_school


@open_to(*READERS)
def compare(request: HttpRequest) -> HttpResponse:
    """Compare the schools whose numbers the address gives as ``school``."""
    chosen = [int(one) for one in dict.fromkeys(request.GET.getlist("school")) if one.isdigit()]
    schools = [get_school(pk) for pk in chosen[:MOST_COMPARED]]
    told = {"schools": schools, "lines": compared(viewer_of(request), schools), "most": MOST_COMPARED}
    return render(request, "school_file/compare.html", told)
