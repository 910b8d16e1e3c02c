"""The mailbox: files that wait, that were received, and that were sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.transfers.queries.mailbox import BOXES, box_of, page_of, waiting_for

EXCHANGERS = (Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER)


@open_to(*EXCHANGERS)
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the files of a box, the latest first."""
    viewer = viewer_of(request)
    box = request.GET.get("box", "waiting")
    box = box if box in BOXES else "waiting"
    before = request.GET.get("before", "")
    told = {
        "box": box, "boxes": list(BOXES.items()),
        "page": page_of(box_of(viewer, box), before=int(before) if before.isdecimal() and len(before) < 19 else 0),
        "waiting": waiting_for(viewer.organisation) if viewer.organisation else 0,
    }  # fmt: skip
    return render(request, "provider/mailbox.html", told)
