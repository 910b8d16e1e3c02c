"""One pupil of a file beside who is on roll: who it is, and item by item what is taken over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster.transferring.taking_in import Accepted
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.provider.mailbox import EXCHANGERS
from muster_web.transfers.actions.importing import Answers, accept, compare_with_roll, leave_out
from muster_web.transfers.queries.importing import NOBODY, Line, against
from muster_web.transfers.queries.mailbox import get_transfer

_TAKE, _KEEP = "take", "keep"


@open_to(*EXCHANGERS)
def import_pupil(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Show what would change of the one who is chosen, and take over what is accepted."""
    viewer = viewer_of(request)
    found = compare_with_roll(viewer=viewer, transfer=get_transfer(viewer, pk))
    line, form = found.line(position), forms.Form(**sent_with(request))
    if request.method == "POST":
        with refusals_on(form):
            if "leave_out" in request.POST:
                leave_out(viewer=viewer, found=found, position=position)
            else:
                accept(viewer=viewer, found=found, position=position, answers=answers_of(request.POST))
            messages.success(request, "It is kept.")
            return redirect("import_transfer", pk=pk)
    who = _who(request, line)
    told = {
        "found": found, "transfer": found.transfer, "line": line, "form": form, "who": who,
        "change": against(line, who), "said": request.POST,
    }  # fmt: skip
    return render(request, "provider/import_pupil.html", told, status=400 if form.errors else 200)


def answers_of(posted: QueryDict) -> Answers:
    """What was said of each item and record; ``item-upn=take``, ``record-3=keep``.  Raises MusterError."""
    said = {name: str(posted[name]) for name in posted if name.startswith(("item-", "record-"))}
    return Answers(_number(posted.get("who", "")), _accepted(said, _TAKE), _accepted(said, _KEEP))


def _accepted(said: dict[str, str], answer: str) -> Accepted:
    chosen = [name for name, value in said.items() if value == answer]
    items = frozenset(name.removeprefix("item-") for name in chosen if name.startswith("item-"))
    places = [name.removeprefix("record-") for name in chosen if name.startswith("record-")]
    return Accepted(items, frozenset(_number(one) for one in places))


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise MusterError("Say first which pupil of the school this is, or that it is none of them.")
    return int(text)


def _who(request: HttpRequest, line: Line) -> int:
    """The one on roll that is shown: whom the address names if that was offered, else the likeliest, else nobody."""
    offered = [one.pupil.key for one in line.change.match.candidates]
    asked = (request.POST or request.GET).get("who", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 19 else -1
    if wanted in (*offered, NOBODY):
        return wanted
    return offered[0] if offered else NOBODY
