"""Compare a file with who is on roll: each of its pupils, whom they may be, and what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, viewer_of
from muster_web.provider.mailbox import EXCHANGERS
from muster_web.transfers.accepted import accepted_text
from muster_web.transfers.actions.importing import accept_clear, compare_with_roll
from muster_web.transfers.actions.receiving import take
from muster_web.transfers.queries.mailbox import get_transfer
from muster_web.transfers.reading import read


@open_to(*EXCHANGERS)
def import_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the pupils of the file; nothing is taken over by looking."""
    viewer = viewer_of(request)
    found = compare_with_roll(viewer=viewer, transfer=get_transfer(viewer, pk))
    return render(request, "provider/import_transfer.html", {"found": found, "transfer": found.transfer})


@require_POST
@open_to(*EXCHANGERS)
def import_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over every pupil about whom nothing is asked."""
    viewer = viewer_of(request)
    found = compare_with_roll(viewer=viewer, transfer=get_transfer(viewer, pk))
    done = accept_clear(viewer=viewer, found=found)
    messages.success(request, f"{done:,} taken over. Nothing you held was overwritten.")
    return redirect("import_transfer", pk=pk)


@open_to(*EXCHANGERS)
def accepted_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what was accepted as a file for the MIS."""
    viewer = viewer_of(request)
    one = get_transfer(viewer, pk)
    content = take(viewer=viewer, transfer=one)
    decisions = {made.position: made for made in one.decisions.all()}
    text = accepted_text(read(content, one.name), decisions)
    named = content_disposition_header(True, one.name) or "attachment"
    return HttpResponse(text, content_type="application/xml", headers={"Content-Disposition": named})
