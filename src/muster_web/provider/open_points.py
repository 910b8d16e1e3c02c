"""What only a person can say of a built return: values that no file has, and records that may be one person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.viewer import Viewer
from muster_web.design.forms import number_in
from muster_web.design.views import cannot
from muster_web.provider.build import BUILDERS
from muster_web.returns.actions import building
from muster_web.returns.models import Build, Return
from muster_web.returns.queries.one import Standing, get_return

PER_PAGE = 25


@open_to(*BUILDERS)
def key_values(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for each value that no file has, once; what is left empty stays open."""
    viewer = viewer_of(request)
    subject, build = _built(viewer, pk)
    if request.method == "POST":
        named = {
            name.removeprefix("value_"): text for name, text in request.POST.items() if name[:6] == "value_"
        }
        values = {int(number): str(text) for number, text in named.items() if number.isdecimal()}
        return _done(request, partial(_keyed, request, viewer, build, values), pk, "key_values")
    return _shown(request, subject, viewer, build.to_key, "key_values")


def _keyed(request: HttpRequest, viewer: Viewer, build: Build, values: dict[int, str]) -> None:
    kept = building.key_values(viewer=viewer, build=build, values=values)
    messages.success(request, f"{kept:,} kept. Build the return again to see them in it.")


@open_to(*BUILDERS)
def matches(request: HttpRequest, pk: int) -> HttpResponse:
    """Show each pair of records that may be one person, side by side, and take the answer."""
    viewer = viewer_of(request)
    subject, build = _built(viewer, pk)
    if request.method == "POST":
        number, same = number_in(request.POST.get("number", "")), request.POST.get("same") == "yes"
        chosen = -1 if number is None else number
        decide = partial(building.decide_match, viewer=viewer, build=build, number=chosen, same=same)
        return _done(request, decide, pk, "matches")
    return _shown(request, subject, viewer, build.proposals, "matches")


def _built(viewer: Viewer, pk: int) -> tuple[Return, Build]:
    subject = get_return(viewer, pk)
    build = subject.builds.order_by("-pk").first()
    if build is None:
        raise Http404
    return subject, build


def _done(request: HttpRequest, act: Callable[[], object], pk: int, page: str) -> HttpResponse:
    try:
        act()
    except MusterError as refusal:
        return cannot(request, "do this", refusal, back_url=request.path)
    return redirect(page, pk=pk)


def _shown(
    request: HttpRequest, subject: Return, viewer: Viewer, rows: list[dict[str, Any]], page: str
) -> HttpResponse:
    """A page of the open points that nobody has answered yet."""
    numbered = [{"number": number, **row} for number, row in enumerate(rows)]
    answered = _answered(subject)
    waiting = [row for row in numbered if _place(row) not in answered]
    told = {
        "standing": Standing(subject, viewer), "answered": len(numbered) - len(waiting),
        "page": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, f"provider/{page}.html", told)


def _answered(subject: Return) -> set[tuple[str, ...]]:
    """The places of the open points that somebody has answered."""
    keyed = subject.keyed_values.values_list("key", "table", "target", "item")
    return {*keyed, *subject.match_decisions.values_list("left", "right")}


def _place(row: dict[str, Any]) -> tuple[str, ...]:
    if "left" in row:
        return row["left"]["key"], row["right"]["key"]
    return row["key"], row["table"], row["target"], row["item"]
