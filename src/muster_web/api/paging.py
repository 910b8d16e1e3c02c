"""Long lists in pages: so many at a time, with how many there are in all and where the next page is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

T = TypeVar("T")
MOST = 500


class Wanted(Schema):
    """Which page is wanted and how many entries it shall have."""

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(100, ge=1, le=MOST)


WantedPage = Annotated[Wanted, Query()]


class Page(Schema, Generic[T]):
    """One page of a list; ``count`` is how many there are in all, ``next`` the address of the next page."""

    count: int
    page: int
    pages: int
    next: str | None
    items: list[T]


def page_of(
    request: HttpRequest, found: QuerySet[Any] | Sequence[Any], wanted: Wanted, shaped: Callable[[Any], Any]
) -> dict[str, Any]:
    """One page of what was found, each entry in the shape the answer has."""
    entries, about = cut(request, found, wanted)
    return {**about, "items": [shaped(one) for one in entries]}


def cut(
    request: HttpRequest, found: QuerySet[Any] | Sequence[Any], wanted: Wanted
) -> tuple[list[Any], dict[str, Any]]:
    """The entries of one page, and what is said of the page."""
    count = found.count() if isinstance(found, QuerySet) else len(found)
    pages = max(1, -(-count // wanted.per_page))
    start = (wanted.page - 1) * wanted.per_page
    following = None
    if wanted.page < pages:
        asked = request.GET.copy()
        asked["page"] = str(wanted.page + 1)
        following = f"{request.path}?{asked.urlencode()}"
    entries = list(found[start : start + wanted.per_page])
    return entries, {"count": count, "page": wanted.page, "pages": pages, "next": following}
