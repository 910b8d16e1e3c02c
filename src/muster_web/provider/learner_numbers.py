"""Learner numbers: who needs one by census day, what was asked for, what did not come, and who has to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.transfers.actions.enrolling import take_roll
from muster_web.transfers.actions.numbering import numbers_file, send_batch, tick
from muster_web.transfers.actions.showing import note_shown
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.queries.learners import awaiting, batches, exceptions, given, next_census_day

_MOST_TICKED = 2_000


@open_to(Role.PREPARER)
def learner_numbers(request: HttpRequest) -> HttpResponse:
    """Show everybody who needs a number, the exceptions, and the numbers that came."""
    viewer = viewer_of(request)
    school = refuse_unless(viewer, "exchange")
    on = next_census_day(school)
    found, came = awaiting(school, on), list(given(school))
    note_shown(viewer, [one.pupil for one in found] + [one.pupil for one in came], "learner numbers")
    told = {
        "on": on, "awaiting": found, "gaps": sum(bool(one.gaps) for one in found if not one.asked),
        "ready": sum(not one.gaps and not one.asked for one in found), "exceptions": exceptions(school),
        "given": came, "batches": batches(school),
    }  # fmt: skip
    return render(request, "provider/learner_numbers.html", told)


@require_POST
@open_to(Role.PREPARER)
def ask_for_numbers(request: HttpRequest) -> HttpResponse:
    """Make a batch of those who are ready, or with ``with_gaps`` of everybody."""
    made = send_batch(viewer=viewer_of(request), with_gaps="with_gaps" in request.POST)
    messages.success(request, f"A batch of {made.requests.count():,} was made.")
    return redirect("learner_batch", pk=made.pk)


@require_POST
@open_to(Role.PREPARER)
def tick_numbers(request: HttpRequest) -> HttpResponse:
    """Note who was told the number, or that the MIS has it."""
    chosen = [
        int(one)
        for one in request.POST.getlist("request")[:_MOST_TICKED]
        if one.isdecimal() and len(one) < 19
    ]
    in_mis = "in_mis" in request.POST
    done = tick(viewer=viewer_of(request), requests=chosen, what="in_mis" if in_mis else "told")
    messages.success(request, f"Noted for {done:,}: {'in the MIS' if in_mis else 'told to the pupil'}.")
    return redirect("learner_numbers")


@open_to(Role.PREPARER)
def numbers_for_mis(request: HttpRequest) -> HttpResponse:
    """Give the numbers the MIS has not, as a transfer file."""
    name, text = numbers_file(viewer=viewer_of(request))
    named = content_disposition_header(True, name) or "attachment"
    return HttpResponse(text, content_type="application/xml", headers={"Content-Disposition": named})


@require_POST
@open_to(Role.PREPARER)
def refresh_roll(request: HttpRequest) -> HttpResponse:
    """Take over who is on roll from the latest school census return."""
    done = take_roll(viewer=viewer_of(request))
    messages.success(request, f"{done.new:,} new on the roll, {done.known:,} known, {done.left:,} left.")
    return redirect("learner_numbers")
