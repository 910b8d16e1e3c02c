"""What an engine must do to check a folder of tables, so that a national run need not know which it is."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from muster.catalogue import CATALOGUE
from muster.catalogue.plan import CompiledRule, load_plan
from muster.engines.base import Engine, Settings
from muster.engines.start import TABLES_ENGINES, refuse_whole_year
from muster.model import Collection, MusterError, Return

NAMED_COLUMN = re.compile(r"\.(\w+)")
_NOT_HELD = "NOT EXISTS (SELECT 1 FROM held h WHERE h.person = f.person)"
_ASKED = "NOT EXISTS (SELECT 1 FROM not_asked n WHERE n.rule = f.rule AND n.kind = r.kind)"


class Found(NamedTuple):
    """How often a rule failed in one authority, and in how many of its returns."""

    rule_id: str
    authority: str
    findings: int
    returns: int


@dataclass(frozen=True)
class PartFound:
    """What one part of a run found, and the rules of it that broke, each with the reason."""

    found: tuple[Found, ...]
    faults: Mapping[str, str]


@dataclass(frozen=True)
class Alike:
    """Returns that say the same of themselves: the values, and how many there are in each authority."""

    header: Mapping[str, str | None]
    authorities: dict[str, int]


@dataclass(frozen=True)
class Held:
    """How many people are held back from the second stage; equal digests mean the same people."""

    people: int
    digest: str


def together(parts: Iterable[PartFound]) -> PartFound:
    """What several parts found, as one."""
    every = list(parts)
    faults = {rule: why for one in every for rule, why in one.faults.items()}
    return PartFound(tuple(found for one in every for found in one.found), faults)


class TablesEngine(Engine):
    """An engine over a folder with one sub-folder of Parquet files for each table.

    A part leaves its findings below a folder of its own, one sub-folder ``rule=<id>`` of Parquet files for each rule
    that failed, with the columns authority, return_id, table, key and person.  ``less`` leaves out people who are
    held back.
    """

    table_column = '"table"'

    def load(self, returns: Sequence[Return]) -> None:  # noqa: ARG002 (what every engine takes)
        """A national run reads its folder; nothing can be loaded into it."""
        raise TypeError("this engine reads a folder of Parquet; start another to load returns")

    @property
    @abstractmethod
    def present(self) -> Mapping[str, frozenset[str]]:
        """The columns of each table that is there."""

    @abstractmethod
    def alike(self, items: Sequence[str]) -> list[Alike]:
        """The returns, those together that have the same values of these items; asked before any part is run."""

    @abstractmethod
    def people(self) -> int:
        """How many people there are in all."""

    @abstractmethod
    def leave_out(self, kinds: Mapping[str, Iterable[int]]) -> None:
        """Do not ask a rule of returns of some kinds, numbered as ``alike`` gave them."""

    @abstractmethod
    def hold_back(self, findings: Sequence[Path]) -> Held:
        """Hold back, from parts that ask less, the people whom these files of findings are about."""

    @abstractmethod
    def run_rows(self, table: str, rules: Sequence[CompiledRule], out: Path, *, less: bool) -> PartFound:
        """Run row rules of one table in one pass."""

    @abstractmethod
    def prepare_sets(self, rules: Sequence[CompiledRule]) -> None:
        """Make ready what these set rules read."""

    @abstractmethod
    def run_set(self, rule: CompiledRule, out: Path, *, less: bool) -> PartFound:
        """Run one set rule over what was made ready."""

    # -- what engines ask in the same words --------------------------------------------------------

    def set_query(self, rule: CompiledRule, table: str) -> str:
        """The rule, key, return and person of every row of ``table`` that a set rule fails."""
        key = self.collection.tables[table].key
        return (
            f"SELECT '{rule.id}' AS rule, found.{key} AS key, this.return_id AS return_id, {self.person_of(table)} "
            f"FROM ({self.keys_query(rule)}) AS found JOIN {table} AS this ON this.{key} = found.{key}"
        )

    def person_of(self, table: str) -> str:
        """The key of the person a row is about, as column ``person``."""
        people = self.collection.person
        key = self.collection.tables[people].key if people else ""
        known = key in self.collection.key_columns(table)
        return f"{f'this.{key}' if known else 'CAST(NULL AS BIGINT)'} AS person"

    def found_query(self, sql: str, table: str, *, less: bool) -> str:
        """What a query finds, with the authority, of the returns and people that are to be asked."""
        asked = f"{_NOT_HELD} AND {_ASKED}" if less else _ASKED
        return (
            f"SELECT f.rule, coalesce(r.authority, '') AS authority, f.return_id, '{table}' AS {self.table_column}, "
            f"f.key, f.person FROM ({sql}) AS f LEFT JOIN return_refs AS r ON r.return_id = f.return_id WHERE {asked}"
        )


class Room(NamedTuple):
    """Where an engine works: the memory the process may take (2GB, 800MB), where it puts what does not fit, and
    for Spark its master (none: this machine)."""

    memory: str = "2GB"
    spill: Path | None = None
    master: str = ""


def start_tables_engine(
    name: str,
    collection: Collection,
    year: int,
    folder: Path,
    *,
    settings: Settings | None = None,
    room: Room = Room(),  # noqa: B008 (it cannot change)
) -> TablesEngine:
    """Start an engine by name over a folder of tables.  Raises MusterError."""
    if name not in TABLES_ENGINES:
        raise MusterError(f"no engine '{name}' checks tables; choose one of {', '.join(TABLES_ENGINES)}")
    if year not in collection.years:
        first, last = collection.years[0], collection.years[-1]
        raise MusterError(f"{collection.title} is known for {first} to {last}, not for {year}")
    refuse_whole_year(collection)
    plan = load_plan(collection, name, CATALOGUE)
    if name == "spark":
        from muster.engines.spark_national import SparkTablesEngine

        return SparkTablesEngine(collection, year, plan, folder, settings=settings, room=room)
    from muster.engines.national import NationalEngine

    return NationalEngine(collection, year, plan, folder, settings=settings, room=room)
