"""The first page after signing in, and the choice of the organisation to act for."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import memberships_of
from muster_web.returns.queries import board

PER_PAGE = 50


@open_to_signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The returns the viewer has to do with, the most urgent first; for a provider those it sends files for."""
    viewer = viewer_of(request)
    if Role.SUPPLIER in viewer.roles:
        page = Paginator(board.sent_for_others(viewer), PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "people/home_of_provider.html", {"page": page})
    return render(request, "people/home.html", {"rounds": board.rounds_of(viewer)})


@require_http_methods(["GET", "POST"])
@open_to_signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """Choose which of the organisations a person belongs to they act for."""
    if request.method == "GET":
        return render(request, "people/choose.html")
    chosen = request.POST.get("organisation", "")
    mine = {str(m.organisation_id) for m in memberships_of(request.user)}  # type: ignore[arg-type]
    if chosen in mine:
        request.session["organisation"] = int(chosen)
    following = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()})
    return redirect(following if safe else "home")
