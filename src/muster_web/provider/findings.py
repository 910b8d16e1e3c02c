"""Everything found in a return, grouped by likely cause, by rule or by person, under one number."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.wording import counted
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.explaining import confirm_notes
from muster_web.returns.permissions import permissions
from muster_web.returns.queries.findings import FILTERS, GROUPS, carried_notes, filter_counts, groups_of
from muster_web.returns.queries.one import Standing, get_return

PER_PAGE = 50


@open_to(*SEERS)
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the groups of findings that the chosen filter leaves."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    by = request.GET.get("by", "cause")
    show = request.GET.get("show", "all")
    by, show = by if by in GROUPS else "cause", show if show in FILTERS else "all"
    groups = groups_of(subject, by=by, show=show)
    counts = filter_counts(subject)
    told = {
        "standing": Standing(subject, viewer), "by": by, "show": show,
        "page": Paginator(groups, PER_PAGE).get_page(request.GET.get("page")),
        "groupings": [(name, words) for name, (words, _) in GROUPS.items()],
        "filters": [(name, words, counts[name]) for name, (words, _) in FILTERS.items()],
        "carried": carried_notes(subject).count(), "may_note": "note" in permissions(viewer, subject),
        "rule_changes": subject.round.rule_changes.filter(lifted=None),
    }  # fmt: skip
    return render(request, "provider/findings.html", told)


@require_POST
@open_to(*SEERS)
def confirm_carried(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the explanations of an earlier version still hold."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    carried = carried_notes(subject).values_list("pk", flat=True)
    confirmed = confirm_notes(viewer=viewer, subject=subject, notes=carried)
    messages.success(request, f"{counted(confirmed, 'explanation')} confirmed for this version.")
    return redirect("findings", pk=pk)
