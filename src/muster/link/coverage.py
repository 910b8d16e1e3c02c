"""How much of each return came by itself, how much was carried or keyed, and how much is still to key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from muster.link._merged import DERIVED

AUTOMATIC = ("payroll", "mis")


@dataclass(frozen=True)
class ItemCoverage:
    """One item over the people (or contracts) of a school; every one of them is in exactly one of the counts.

    ``conflicting`` says of how many the sources disagree; those are also in ``by_source``.  ``waiting`` are
    those that a match to be confirmed, or the same person's key-in at another school, will fill.
    """

    table: str
    item: str
    title: str
    by_source: Mapping[str, int] = field(default_factory=dict)
    to_key: int = 0
    waiting: int = 0
    conflicting: int = 0
    not_expected: int = 0

    @property
    def automatic(self) -> int:
        """How many came from payroll or a staff export."""
        return sum(self.by_source.get(source, 0) for source in AUTOMATIC)

    @property
    def derived(self) -> int:
        """How many follow from other values."""
        return self.by_source.get(DERIVED, 0)

    @property
    def carried(self) -> int:
        """How many came from last year's return."""
        return self.by_source.get("last_year", 0)

    @property
    def keyed(self) -> int:
        """How many a person has keyed."""
        return self.by_source.get("keyed", 0)

    @property
    def wanted(self) -> int:
        """How many are there or should be."""
        return sum(self.by_source.values()) + self.to_key + self.waiting

    def percentage(self, count: int) -> float:
        """A count as a percentage of what is wanted, to one decimal; 100 where nothing is wanted."""
        return round(100 * count / self.wanted, 1) if self.wanted else 100.0


@dataclass(frozen=True)
class Coverage:
    """The coverage of one return, or of the whole authority."""

    ref: str
    name: str
    people: int
    items: tuple[ItemCoverage, ...]
    keyed_twice: int = 0

    @property
    def whole(self) -> ItemCoverage:
        """All items taken together."""
        return _sum("", "", "all items", self.items)


def total(ref: str, name: str, coverages: Iterable[Coverage]) -> Coverage:
    """The coverage of several returns taken together."""
    all_of = list(coverages)
    by_item: dict[tuple[str, str], list[ItemCoverage]] = defaultdict(list)
    for coverage in all_of:
        for item in coverage.items:
            by_item[item.table, item.item].append(item)
    return Coverage(
        ref,
        name,
        sum(coverage.people for coverage in all_of),
        tuple(_sum(table, item, counts[0].title, counts) for (table, item), counts in by_item.items()),
        sum(coverage.keyed_twice for coverage in all_of),
    )


def _sum(table: str, item: str, title: str, counts: Iterable[ItemCoverage]) -> ItemCoverage:
    by_source: Counter[str] = Counter()
    to_key = waiting = conflicting = not_expected = 0
    for count in counts:
        by_source.update(count.by_source)
        to_key += count.to_key
        waiting += count.waiting
        conflicting += count.conflicting
        not_expected += count.not_expected
    return ItemCoverage(table, item, title, dict(by_source), to_key, waiting, conflicting, not_expected)
