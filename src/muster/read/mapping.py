"""What a mapping says: which heading of a supplier's file holds which item, and what its words mean in codes.

The file format is described in ``docs/reference/mapping-format.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from muster.model import Item, SourceKind, Years
from muster.read.values import fold

Unit = Literal["", "hundredths", "pence", "monthly", "fte"]


@dataclass(frozen=True)
class Column:
    """One heading and the item it holds; the options are those of the mapping format."""

    heading: str
    table: str
    item: Item
    required: bool = True
    also: tuple[str, ...] = ()
    split: str = ""
    record: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    unit: Unit = ""
    full_time: str = ""
    form: str = ""
    default: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The folded headings under which this column may stand."""
        return tuple(fold(name) for name in (self.heading, *self.also))


@dataclass(frozen=True)
class Layout:
    """How one kind of sheet is laid out: what a row is, whose it is, and its columns.

    ``otherwise`` holds for some items (``table.item``) the value where no column of a row gives one;
    ``other_headings`` holds, folded, what else some headings are called, each with the heading that is meant.
    """

    name: str
    title: str
    row: str
    columns: tuple[Column, ...]
    person: tuple[str, ...] = ()
    school: tuple[str, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skip_where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    every_school: bool = False
    central: frozenset[str] = frozenset()
    otherwise: Mapping[str, str] = field(default_factory=dict)
    other_headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def identifying(self) -> tuple[str, ...]:
        """The headings that say whose record a row is; without them the sheet cannot be read."""
        return (*self.person, *(heading for names in self.keys.values() for heading in names))

    @property
    def known(self) -> frozenset[str]:
        """Every folded heading this layout can make use of."""
        named = {fold(heading) for heading in (*self.identifying, *self.school, *self.skip_where)}
        return frozenset((*named, *self.other_headings, *(n for c in self.columns for n in c.names)))


@dataclass(frozen=True)
class SourceMapping:
    """One supplier's layouts and words, under a name and a version that are kept beside every value."""

    name: str
    version: str
    title: str
    source: SourceKind
    layouts: tuple[Layout, ...]
    codes: Mapping[str, Mapping[str, tuple[tuple[Years, str], ...]]]
    recognise: tuple[str, ...] = ()
    other_sheets: frozenset[str] = frozenset()
    provisional: bool = False
    note: str = ""
    file: str = ""

    @property
    def label(self) -> str:
        """Name and version, as provenance shows them."""
        return f"{self.name} {self.version}"

    def words(self, table: str, item: Item, *, year: int) -> dict[str, str]:
        """The supplier's words for the codes of an item in a year; those of the item itself win."""
        found: dict[str, str] = {}
        for place in (item.codes or "", f"{table}.{item.name}"):
            for word, versions in self.codes.get(place, {}).items():
                found.update({fold(word): code for years, code in versions if year in years})
        return found


def known_headings(mappings: Mapping[str, SourceMapping]) -> frozenset[str]:
    """Every heading that some mapping knows, folded."""
    return frozenset(
        name for mapping in mappings.values() for layout in mapping.layouts for name in layout.known
    )
