"""The entries of the dictionary; each knows where it is used, so that a page needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from muster.model import CodeSet, Item, Rule


@dataclass(frozen=True)
class Place:
    """Where an item stands in the official file: the path of elements, and the years in which it is that."""

    path: str
    years: str


@dataclass(frozen=True)
class ItemEntry:
    """One item with all that asks it.

    ``rules`` are the ids of rules that ask or show it, ``through`` those that ask a derived table made of its table;
    ``columns`` are the headings of suppliers' files that fill it, each after the name of its mapping.
    """

    collection: str
    table: str
    table_title: str
    item: Item
    years: str
    places: tuple[Place, ...]
    rules: tuple[str, ...]
    derived: tuple[str, ...]
    through: tuple[str, ...]
    indicators: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the item is named in full: ``members.sex``."""
        return f"{self.table}.{self.item.name}"


@dataclass(frozen=True)
class RuleEntry:
    """A rule with all its versions, the first one first; ``items`` are those it asks or shows."""

    collection: str
    id: str
    versions: tuple[Rule, ...]
    years: str
    items: tuple[str, ...]
    derived: tuple[str, ...]

    @property
    def now(self) -> Rule:
        """The version that was in force last."""
        return self.versions[-1]


@dataclass(frozen=True)
class CodeSetEntry:
    """A code set with the items that hold its codes and the rules that ask for one."""

    collection: str
    code_set: CodeSet
    items: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the set."""
        return self.code_set.name
