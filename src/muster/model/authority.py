"""What an authority tells Muster of itself: its schools, where its files come from, who owns which item.

Read from ``muster.toml`` and ``schools.csv`` in the authority's folder by ``muster.collect``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from muster.model.records import SourceKind

DEFAULT_OWNERS: Mapping[str, tuple[SourceKind, ...]] = {
    "members": ("mis", "payroll", "last_year", "keyed"),
    "former_names": ("mis", "last_year"),
    "contracts": ("payroll", "mis", "last_year", "keyed"),
    "payments": ("payroll", "mis", "keyed"),
    "additional_payments": ("payroll", "mis", "keyed"),
    "hours": ("payroll", "mis", "keyed"),
    "absences": ("payroll", "mis", "keyed"),
    "roles": ("mis", "payroll", "last_year", "keyed"),
    "curriculum": ("mis", "keyed"),
    "qualifications": ("mis", "last_year", "keyed"),
}


class School(NamedTuple):
    """A school as the authority's register names it; ``ref`` is LA/Estab."""

    ref: str
    name: str
    urn: str = ""
    phase: str = ""
    kind: str = ""
    academy: bool = False
    federation: str = ""
    pay_area: str = "EW"
    timetabled: bool = False


class SourceSetting(NamedTuple):
    """Files that come from one supplier: which, of what kind, read by which mapping, for which school."""

    files: str
    kind: SourceKind
    name: str = ""
    mapping: str = ""
    school: str = ""


@dataclass(frozen=True)
class Authority:
    """One authority's set-up for one collection year.

    ``owners`` says for each table (or ``table.item``) which source owns it, then which stand in, in order.
    """

    name: str
    number: str
    collection: str
    year: int
    folder: Path
    schools: Mapping[str, School] = field(default_factory=dict)
    sources: tuple[SourceSetting, ...] = ()
    owners: Mapping[str, tuple[SourceKind, ...]] = field(default_factory=lambda: DEFAULT_OWNERS)

    def owners_of(self, table: str, item: str) -> tuple[SourceKind, ...]:
        """The owning source of an item and its stand-ins, in order."""
        return self.owners.get(f"{table}.{item}") or self.owners.get(table) or ("mis", "payroll")
