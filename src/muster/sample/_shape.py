"""What of a collection year an invented person must follow: its dates and the codes that changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from muster.model import Collection
from muster.sample._pay import PayTable


@lru_cache(maxsize=100_000)
def iso(day: int) -> str:
    """The date with this ordinal as the official file writes it."""
    return date.fromordinal(day).isoformat()


def day_number(text: str) -> int:
    """The ordinal of a date in its official form."""
    return date.fromisoformat(text).toordinal()


@dataclass(frozen=True)
class YearShape:
    """One collection year as the generator needs it; days are ordinals."""

    collection: Collection
    year: int

    @cached_property
    def census(self) -> int:
        """Census day."""
        return self.collection.facts[self.year].census_day.toordinal()

    @cached_property
    def window_from(self) -> int:
        """First day of the absence and contract windows, 1 September of the year before."""
        return date(self.year - 1, 9, 1).toordinal()

    @cached_property
    def absence_to(self) -> int:
        """Last day of the absence window, 31 August of the collection year."""
        return date(self.year, 8, 31).toordinal()

    @cached_property
    def sexes(self) -> tuple[str, str]:
        """The codes of a woman and of a man."""
        return ("2", "1") if self.year <= 2022 else ("F", "M")

    @cached_property
    def support_post(self) -> str:
        """The post of other support staff."""
        return "SUP" if self.year <= 2018 else "OSP"

    @cached_property
    def business_post(self) -> str:
        """The post of a school business professional, or its stand-in before 2023."""
        return "SBP" if self.year >= 2023 else self.support_post

    def teacher_post(self, pay_range: str) -> str:
        """The post of a classroom teacher on a pay range."""
        if self.year <= 2013:
            return "TCH"
        return "TCU" if pay_range == "TU" else "TCM"

    @cached_property
    def pay(self) -> PayTable:
        """What the points of the year are worth."""
        return PayTable.of(self.collection.name, self.year)

    @cached_property
    def support_wages(self) -> float:
        """Wages of support staff as a part of those of 2025."""
        return 1 / 1.03 ** (2025 - self.year)

    @cached_property
    def has_absences(self) -> bool:
        """Whether the year collects absences; likewise qualifications."""
        return self.year in self.collection.tables["absences"].years

    def has(self, table: str, item: str) -> bool:
        """Whether an item is collected in this year."""
        return self.year in self.collection.tables[table].items[item].years

    @cached_property
    def collected(self) -> dict[str, frozenset[str]]:
        """The items of each table collected in this year; none of a table that is not."""
        return {
            name: frozenset(item.name for item in table.items_in(self.year))
            if self.year in table.years
            else frozenset()
            for name, table in self.collection.tables.items()
        }
