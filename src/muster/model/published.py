"""A table that is published of a collection: the rows of a derived table under headings for people."""

from __future__ import annotations

from typing import NamedTuple


class PublishedTable(NamedTuple):
    """Which columns of which derived table are shown, each with its heading, and by what its rows are ordered."""

    name: str
    title: str
    says: str
    table: str
    columns: tuple[tuple[str, str], ...]
    order: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in their order."""
        return tuple(heading for _, heading in self.columns)
