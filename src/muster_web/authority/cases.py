"""The cases of a round: records that two schools hold and that cannot both be right."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.authority.board import OVERSEERS, PER_PAGE
from muster_web.design.views import cannot
from muster_web.returns.actions.comparing import ask_to_compare
from muster_web.returns.models import Comparison
from muster_web.returns.queries.board import get_round
from muster_web.returns.queries.cases import FILTERS, case_counts, cases_of


@open_to(*OVERSEERS, Role.PREPARER)
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the cases the chosen filter leaves, and when the returns were last compared."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    counts = case_counts(viewer, round_)
    show = request.GET.get("show", "open")
    show = show if show in FILTERS else "open"
    found = cases_of(viewer, round_, show=show)
    told = {
        "round": round_, "show": show,
        "filters": [(name, words, counts[name]) for name, (words, _) in FILTERS.items()],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "comparison": Comparison.objects.filter(round=round_, authority=viewer.organisation).first(),
    }  # fmt: skip
    return render(request, "authority/cases.html", told)


@require_POST
@open_to(Role.LA_OFFICER, Role.LA_APPROVER)
def compare_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the returns compared now."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    try:
        ask_to_compare(viewer=viewer, round=round_)
    except NotAllowed as refusal:
        return cannot(request, "compare the returns", refusal, back_url=f"/rounds/{pk}/")
    messages.success(request, "The returns are being compared. Load this page again to see what was found.")
    return redirect("cases", pk=pk)
