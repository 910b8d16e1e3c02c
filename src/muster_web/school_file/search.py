"""Search over schools: by any word of what the reader may see, narrowed by authority, type and being open."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.schools.permissions import CHALLENGERS, READERS, WRITERS
from muster_web.schools.queries.concerns import standing_concerns
from muster_web.schools.queries.searching import Facet, Narrowed, found_schools, tally
from muster_web.schools.queries.tickets import waiting_for

PER_PAGE = 25
_NARROWED_BY = ("authority", "type", "open")
_OPEN = (("open", "Open"), ("closed", "Closed"), ("all", "Open and closed"))


@open_to(*READERS)
def search(request: HttpRequest) -> HttpResponse:
    """List the schools found, with links that narrow them."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("words", *_NARROWED_BY)}
    asked["open"] = asked["open"] or "open"
    viewer = viewer_of(request)
    officer = bool(viewer.roles & frozenset(WRITERS))
    found = found_schools(viewer, Narrowed(**asked))
    counted = tally(found)
    pages = Paginator(found, PER_PAGE)
    pages.count = counted.schools  # counted already; the paginator need not ask again
    page = pages.get_page(request.GET.get("page"))
    told = {
        "page": page,
        "officer": officer,
        "overdue": sum(one.overdue for one in standing_concerns(viewer)) if officer else 0,
        "waiting": waiting_for(viewer),
        "books": bool(viewer.roles & frozenset(CHALLENGERS)),
        "asked": asked,
        "facets": [(name, _links(request, name, values)) for name, values in counted.facets.items()],
        "narrowed": bool(asked["authority"] or asked["type"]),
        "opens": [(f"?{_with(request, open=value)}", text, asked["open"] == value) for value, text in _OPEN],
    }
    return render(request, "school_file/search.html", told)


def _links(request: HttpRequest, name: str, values: list[Facet]) -> list[tuple[str, Facet]]:
    """Each value with the address that narrows the search to it."""
    linked = []
    for one in values:
        linked.append((f"?{_with(request, **{name: one.value})}", one))
    return linked


def _with(request: HttpRequest, **changed: str) -> str:
    """What the address asks, with some of it changed, from the first page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query[name] = value
    return query.urlencode()
