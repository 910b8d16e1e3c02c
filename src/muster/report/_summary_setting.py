"""Reads ``summary.toml`` of a collection: the tables of its school summary and their letters by year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import tomli

from muster.catalogue import CATALOGUE
from muster.model import EVERY_YEAR, Collection, MusterError, Years


@dataclass(frozen=True)
class TableSetting:
    """One table of the summary: its title, its letter by year, and the table of data it needs."""

    name: str
    title: str
    letters: tuple[tuple[str, Years], ...]
    seen: Years | None
    years: Years
    needs: str

    def letter(self, year: int) -> str:
        """The official letter in a year, or '' where there is none or it is not known."""
        return next((letter for letter, years in self.letters if year in years), "")

    def is_provisional(self, year: int) -> bool:
        """Whether the letter of that year was not seen in a source."""
        return bool(self.letter(year)) and (self.seen is None or year not in self.seen)


@dataclass(frozen=True)
class SummarySetting:
    """How a collection's school summary is made; categories name the posts and contract types of each."""

    tables: tuple[TableSetting, ...]
    categories: dict[str, frozenset[str]]
    share: float
    at_least: int


@cache
def summary_setting(collection: str) -> SummarySetting:
    """The setting of a collection by its name.  Raises MusterError where it has no summary."""
    path = CATALOGUE / collection / "summary.toml"
    if not path.is_file():
        raise MusterError(f"The collection {collection} has no school summary.")
    data = tomli.loads(path.read_text("utf-8"))
    return SummarySetting(
        tables=tuple(_table(entry) for entry in data["tables"]),
        categories={name: frozenset(codes) for name, codes in data["categories"].items()},
        share=data["change"]["share"],
        at_least=data["change"]["at_least"],
    )


def collected_in(collection: Collection, setting: TableSetting, year: int) -> bool:
    """Whether a table of the summary can be filled from what was collected that year."""
    needed = collection.tables.get(setting.needs)
    return year in setting.years and (needed is None or year in needed.years)


def belongs_to(collection: Collection, setting: TableSetting, *, school: bool) -> bool:
    """Whether a table belongs in the file of a school, or of an authority."""
    needed = collection.tables.get(setting.needs)
    return needed is None or needed.only_in in (None, "school" if school else "authority")


def _table(entry: dict[str, object]) -> TableSetting:
    letters = entry.get("letters", {})
    assert isinstance(letters, dict)
    return TableSetting(
        name=str(entry["name"]),
        title=str(entry["title"]),
        letters=tuple((letter, Years.parse(years)) for letter, years in letters.items()),
        seen=Years.parse(str(entry["seen"])) if "seen" in entry else None,
        years=Years.parse(str(entry["years"])) if "years" in entry else EVERY_YEAR,
        needs=str(entry.get("needs", "")),
    )
