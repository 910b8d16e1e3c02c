"""What a school census of one year and term is like: its dates, its codes, and which schools it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from muster.model import Collection

# Kinds of school by their phase: year groups from youngest to oldest, and how many pupils a year group usually has.
PHASES: Mapping[str, tuple[tuple[str, ...], int]] = {
    "NS": (("N1", "N2"), 40),
    "PS": (("N2", "R", "1", "2", "3", "4", "5", "6"), 42),
    "MP": (("5", "6", "7", "8"), 90),
    "MS": (("7", "8", "9"), 110),
    "SS": (("7", "8", "9", "10", "11", "12", "13"), 150),
    "AT": (("R", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"), 60),
    "SP": (("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"), 10),
    "PR": (("7", "8", "9", "10", "11"), 9),
}
PLACES = {
    name: place for place, name in enumerate(("E1", "E2", "N1", "N2", "R", *map(str, range(1, 15))), start=-4)
}
WITH_CLASSES = frozenset({"PS", "MP", "MS", "SS", "AT"})
WITH_ULN = frozenset({"MS", "SS", "SP", "AT", "PR"})


@dataclass
class CensusShape:
    """One term's census of one year, asked what it collects and on which days."""

    collection: Collection
    year: int
    _codes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def term(self) -> str:
        """The term."""
        return self.collection.term

    def day(self, name: str) -> int:
        """A date of the term as an ordinal."""
        value = self.collection.facts[self.year].constants[name]
        assert isinstance(value, date), name
        return value.toordinal()

    @cached_property
    def school_year(self) -> int:
        """The year in which the school year begins."""
        return date.fromordinal(self.day("age_day")).year

    @cached_property
    def youngest_attending(self) -> int:
        """The age from which attendance is returned."""
        return 4 if self.year >= 2015 else 5

    def collects(self, item: str) -> bool:
        """Whether an item, named with its table, is collected this term."""
        table, _, name = item.partition(".")
        about = self.collection.tables[table]
        return self.year in about.years and (not name or self.year in about.items[name].years)

    def asked_of(self, item: str, phase: str) -> bool:
        """Whether an item is collected this term and from a school of this phase."""
        table, _, name = item.partition(".")
        return self.collects(item) and phase in (self.collection.tables[table].items[name].phases or PHASES)

    def codes(self, name: str, *wanted: str) -> tuple[str, ...]:
        """Those of the wanted codes that are in force; all in force where none is named."""
        key = f"{name} {wanted}"
        if key not in self._codes:
            known = self.collection.code_sets[name].in_force(self.year)
            self._codes[key] = tuple(code for code in wanted if code in known) if wanted else tuple(known)
        return self._codes[key]
