"""The coverage report: how much of each return came by itself, and what is still to key.

It counts values and names no person.  The protocols say what it reads of linking, which may not be
imported here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from muster.model.writing import write_whole
from muster.report._book import Cell, Sheet, write_book
from muster.report._pages import html_page


class ItemCounts(Protocol):
    """How many values of one item came from where."""

    @property
    def table(self) -> str:
        """The table of the item."""

    @property
    def title(self) -> str:
        """The item as people call it."""

    @property
    def automatic(self) -> int:
        """How many came from payroll or a staff export."""

    @property
    def derived(self) -> int:
        """How many follow from other values."""

    @property
    def carried(self) -> int:
        """How many came from last year's return."""

    @property
    def keyed(self) -> int:
        """How many a person has keyed."""

    @property
    def to_key(self) -> int:
        """How many are still to key."""

    @property
    def waiting(self) -> int:
        """How many wait for a match to be confirmed."""

    @property
    def conflicting(self) -> int:
        """On how many the sources disagree."""

    @property
    def wanted(self) -> int:
        """How many are there or should be."""


class SchoolCoverage(Protocol):
    """The coverage of one return, or of the whole authority."""

    @property
    def ref(self) -> str:
        """The school, or the authority."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def people(self) -> int:
        """How many people it covers."""

    @property
    def items(self) -> Sequence[ItemCounts]:
        """The counts of each item."""

    @property
    def keyed_twice(self) -> int:
        """How many values are keyed although a source has them."""

    @property
    def whole(self) -> ItemCounts:
        """All items taken together."""


@dataclass(frozen=True)
class _Line:
    """One line of a table on the page; shares are of what is wanted, in per cent."""

    label: str
    counts: ItemCounts
    detail: str = ""

    @property
    def supplied(self) -> int:
        """How many came by themselves, worked-out ones with them."""
        return self.counts.automatic + self.counts.derived

    def share(self, number: int) -> str:
        """A whole per cent, but never 0 or 100 where that is not quite so."""
        wanted = self.counts.wanted
        if not wanted or number in (0, wanted):
            return "100%" if wanted == number else "0%"
        return f"{min(max(round(100 * number / wanted), 1), 99)}%"

    def width(self, number: int) -> str:
        """The length of this part of the bar."""
        return f"{100 * number / self.counts.wanted:.2f}%" if self.counts.wanted else "0"


_COUNTS = (
    "Wanted", "By itself", "Share by itself", "From last year", "Keyed", "Still to key",
    "Waiting for a match", "Sources disagree",
)  # fmt: skip


def write_coverage_workbook(
    coverages: Mapping[str, SchoolCoverage], total: SchoolCoverage, path: Path
) -> None:
    """Write the coverage of each school and of the authority, by item, as a workbook."""
    everywhere = [["All schools", "", *_counts(total.whole), total.keyed_twice]]
    schools = [[ref, _name_of(one), *_counts(one.whole), one.keyed_twice] for ref, one in coverages.items()]
    items = [[item.table, item.title, *_counts(item)] for item in total.items]
    each = [
        [ref, _name_of(one), item.table, item.title, *_counts(item)]
        for ref, one in coverages.items()
        for item in one.items
    ]
    top = (f"Coverage: {total.name or total.ref}", *_in_words(total))
    sheets = (
        Sheet("Schools", ("School", "Name", *_COUNTS, "Keyed twice"), [*schools, *everywhere], top),
        Sheet("Items", ("Table", "Item", *_COUNTS), items),
        Sheet("Items by school", ("School", "Name", "Table", "Item", *_COUNTS), each),
    )
    write_book(path, "Coverage", sheets)


def write_coverage_html(coverages: Mapping[str, SchoolCoverage], total: SchoolCoverage, path: Path) -> None:
    """Write the same as one self-contained page, schools with the most to key first."""
    schools = [
        _Line(_name_of(one), one.whole, f"{ref}, {one.people:,} people") for ref, one in coverages.items()
    ]
    page = html_page(
        "coverage.html.j2",
        title=f"Coverage of the sources: {total.name or total.ref}",
        total=total,
        whole=_Line("All schools", total.whole),
        schools=sorted(schools, key=lambda line: (-line.counts.to_key, line.detail)),
        items=[_Line(item.title, item, item.table.replace("_", " ")) for item in total.items if item.wanted],
        words=_in_words(total),
    )
    write_whole(path, page)


def _name_of(one: SchoolCoverage) -> str:
    return one.name or (one.ref if "/" in one.ref else "The authority's own return")


def _counts(item: ItemCounts) -> list[Cell]:
    line = _Line("", item)
    return [
        item.wanted, line.supplied, line.share(line.supplied), item.carried, item.keyed, item.to_key,
        item.waiting, item.conflicting,
    ]  # fmt: skip


def _in_words(total: SchoolCoverage) -> tuple[str, ...]:
    whole = total.whole
    twice = "Nothing is keyed twice."
    if total.keyed_twice:
        twice = f"Keyed twice, because a source has it or one person is asked twice: {total.keyed_twice:,}."
    return (
        f"{whole.wanted:,} values are wanted for {total.people:,} people; {whole.to_key:,} are still to key.",
        twice,
        "By itself: from payroll, from the management information system, or worked out from other values.",
    )
