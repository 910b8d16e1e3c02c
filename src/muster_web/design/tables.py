"""Tables that the server sorts and divides into pages, with links that keep the rest of the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict

SORT, PAGE = "sort", "page"


@dataclass(frozen=True)
class Column:
    """A column: its heading, and the fields a query is ordered by when the heading is pressed (none: not sortable)."""

    heading: str
    fields: tuple[str, ...] = ()
    numeric: bool = False
    hidden: bool = False

    @property
    def key(self) -> str:
        """The name of the column in an address."""
        return self.heading.lower().replace(" ", "-")


@dataclass(frozen=True)
class Heading:
    """A heading as the template shows it; aria_sort is '' where the column cannot be sorted."""

    text: str
    href: str
    aria_sort: str
    numeric: bool
    hidden: bool


class Ordering:
    """How a table is sorted, as its address says; what the address says wrongly is as if it said nothing."""

    def __init__(self, columns: Sequence[Column], query: QueryDict, *, default: str = "") -> None:
        self.columns = tuple(columns)
        self.query = query
        asked = query.get(SORT, "") or default
        known = {column.key: column for column in columns if column.fields}
        self.column = known.get(asked.removeprefix("-")) or known.get(default.removeprefix("-"))
        held = asked if asked.removeprefix("-") in known else default
        self.descending = held.startswith("-")

    @property
    def order_by(self) -> tuple[str, ...]:
        """What to give to ``order_by`` of a query: fields that the columns name, never text of the address."""
        fields = self.column.fields if self.column else ()
        return tuple(_reversed(field) for field in fields) if self.descending else fields

    @property
    def headings(self) -> list[Heading]:
        """The headings, each with the address that sorts by it."""
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.fields:
            return Heading(column.heading, "", "", column.numeric, column.hidden)
        held = column == self.column
        to_descending = held and not self.descending
        state = "none" if not held else "descending" if self.descending else "ascending"
        href = address(self.query, {SORT: f"-{column.key}" if to_descending else column.key, PAGE: ""})
        return Heading(column.heading, href, state, column.numeric, column.hidden)


def _reversed(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def address(query: QueryDict, changes: dict[str, str]) -> str:
    """The same page with some of its query changed; '' takes a part away."""
    changed = query.copy()
    for key, value in changes.items():
        changed.pop(key, None)
        if value:
            changed[key] = value
    return f"?{changed.urlencode()}"


def page_links(page: Page[Any], query: QueryDict) -> dict[str, Any]:
    """The parameters of the pagination component for a page of Django's paginator."""
    params: dict[str, Any] = {"items": [_page_item(page, number, query) for number in _around(page)]}
    if page.has_previous():
        params["previous"] = {"href": address(query, {PAGE: str(page.previous_page_number())})}
    if page.has_next():
        params["next"] = {"href": address(query, {PAGE: str(page.next_page_number())})}
    return params


def _around(page: Page[Any]) -> Iterable[int | str]:
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


def _page_item(page: Page[Any], number: int | str, query: QueryDict) -> dict[str, Any]:
    if not isinstance(number, int):
        return {"ellipsis": True}
    return {"number": number, "href": address(query, {PAGE: str(number)}), "current": number == page.number}
