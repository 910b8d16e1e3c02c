"""What the catalogue says of one collection: its tables, items, code sets, elements and rules.

These are the nouns every stage shares.  They are frozen and checked when built, so that an impossible
collection cannot exist; only ``muster.catalogue`` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from muster.model.indicator import Indicator
from muster.model.keyed import KeyedPart
from muster.model.published import PublishedTable
from muster.model.terms import EVERY_TERM, Terms
from muster.model.years import EVERY_YEAR, Years

ItemType = Literal["text", "whole", "number", "date", "datetime", "boolean"]
Severity = Literal["error", "query"]
Scope = Literal["row", "group", "return", "authority"]
_LONGEST_VERSION = 3
_TYPES_IN_WORDS: Mapping[ItemType, str] = {
    "text": "text", "whole": "a whole number", "number": "a number", "date": "a date",
    "datetime": "a date and time", "boolean": "true or false",
}  # fmt: skip
CheckKind = Literal["missing", "type", "length", "pattern", "code", "phase"]


@dataclass(frozen=True)
class Check:
    """A check that follows from the item itself, with the official rule number where one is known.

    ``terms`` and ``phases`` say in which terms and of which schools it is asked; no phase means of all.
    """

    kind: CheckKind
    severity: Severity = "error"
    number: str | None = None
    years: Years = EVERY_YEAR
    provisional: bool = False
    note: str = ""
    message: str = ""
    terms: Terms = EVERY_TERM
    phases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One item of a table: a column in Muster, an element in the official file.

    ``read_always`` marks an item that sources still hold in years in which it is not collected, because
    another item is worked out from it (base pay from a spine point).  ``xml_only`` marks one that tables of
    the return, one file each, do not hold.  ``phases`` names the kinds of school that return it; none means all.
    """

    name: str
    title: str
    type: ItemType = "text"
    years: Years = EVERY_YEAR
    decimals: int | None = None
    length: int | None = None
    pattern: str | None = None
    codes: str | None = None
    expected_for: tuple[int, ...] = ()
    number: str | None = None
    provisional: bool = False
    note: str = ""
    checks: tuple[Check, ...] = ()
    read_always: bool = False
    xml_only: bool = False
    terms: Terms = EVERY_TERM
    phases: tuple[str, ...] = ()
    where: str = ""

    @property
    def form(self) -> str:
        """What it holds, in words: its type, length, form and code set."""
        parts = [_TYPES_IN_WORDS[self.type]]
        parts += [f"of at most {self.length} characters"] if self.length else []
        parts += [f"with at most {self.decimals} decimal places"] if self.decimals else []
        parts += [f"of the form {self.pattern}"] if self.pattern else []
        parts += [f"from the code set {self.codes}"] if self.codes else []
        return " ".join(parts)


@dataclass(frozen=True)
class Table:
    """A kind of record; rows know their own key, the keys of their parents and their return.

    ``only_in`` limits a table to a school's or an authority's file; ``module`` names the flag on the
    return that says whether the table was included at all; ``person`` marks the table whose records are people;
    ``input`` names the optional input (such as last year's return) that fills the table.
    """

    name: str
    title: str
    record: str
    key: str
    parent: str | None
    also_within: str | None
    items: Mapping[str, Item]
    natural_key: tuple[str, ...]
    label: str = ""
    module: str | None = None
    only_in: Literal["school", "authority"] | None = None
    years: Years = EVERY_YEAR
    person: bool = False
    input: str | None = None
    terms: Terms = EVERY_TERM

    def items_in(self, year: int) -> tuple[Item, ...]:
        """The items collected in a year, in official order."""
        return tuple(item for item in self.items.values() if year in item.years)


@dataclass(frozen=True)
class Code:
    """One value of a code set."""

    code: str
    title: str
    years: Years = EVERY_YEAR
    source: str = ""
    provisional: bool = False
    terms: Terms = EVERY_TERM


class CodeSet(NamedTuple):
    """A list of permitted values, each with its years; ``pattern`` admits values too many to list."""

    name: str
    title: str
    number: str
    codes: tuple[Code, ...]
    pattern: str | None = None

    def in_force(self, year: int) -> dict[str, Code]:
        """The codes a return of that year may hold."""
        return {code.code: code for code in self.codes if year in code.years}


@dataclass(frozen=True)
class Element:
    """One element of the official message, with what it holds.

    ``table`` makes each occurrence a row; ``items`` are the columns its text fills, in order of
    occurrence (two for an element that may come twice).  ``sets`` are values that each such row has because it
    stands in this element and not in another of the same table.  ``other_names`` are its names in the other forms of
    the message, and then spellings that are read and never written.  An element ``kept_whole`` is not looked into.
    """

    name: str
    years: Years = EVERY_YEAR
    table: str | None = None
    items: tuple[str, ...] = ()
    children: tuple[Element, ...] = ()
    other_names: tuple[str, ...] = ()
    kept_whole: bool = False
    terms: Terms = EVERY_TERM
    sets: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it may have, that of the first form first."""
        return (self.name, *self.other_names)

    def name_in(self, form: int) -> str:
        """Its name in a form of the message, counted from 0."""
        return self.names[form] if form < len(self.names) else self.name

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Element]]:
        """Every element below and including this one, parents first, each with its path of names."""
        here = (*path, self.name)
        yield here, self
        for child in self.children:
            yield from child.walk(here)


class Derived(NamedTuple):
    """A table computed from others, under a name a statistician uses.

    ``says`` is what being in the table means, as words after the record: "is open on census day".  ``key`` names the
    column that is never empty and never the same in two rows, where there is one.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    sql: str
    key: str = ""
    years: Years = EVERY_YEAR
    provisional: bool = False
    note: str = ""
    says: str = ""
    where: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule as it stands in some range of years.

    ``id`` is unique among rules in force in a year; ``code`` is the official number, or the name of a
    rule that has none; several tests can share one official number.

    ``terms`` and ``phases`` limit it to censuses of some terms and to some kinds of school; no phase means all.
    A rule of ``stage`` 2 is not asked of a person with an error of stage 1; stage 0 is asked of everyone.
    ``may_lack`` names tables the rule can do without, where a return did not bring them.  ``also`` names the
    tables whose rows are shown with a finding: those of the same person, or with the same ``also_by`` value.
    """

    id: str
    code: str
    message: str
    table: str
    fails_when: str
    years: Years
    severity: Severity = "error"
    scope: Scope = "row"
    group_by: tuple[str, ...] = ()
    fix: str = ""
    also: tuple[str, ...] = ()
    also_by: str = ""
    tolerance: float | None = None
    stage: int = 0
    may_lack: tuple[str, ...] = ()
    terms: Terms = EVERY_TERM
    phases: tuple[str, ...] = ()
    provisional: bool = False
    source: str = ""
    note: str = ""
    corrects: str = ""
    examples: tuple[Mapping[str, str], ...] = ()
    item: str | None = None
    check: CheckKind | None = None
    where: str = ""

    @property
    def has_official_number(self) -> bool:
        """Whether the code is the department's number rather than our name."""
        return self.code[:1].isdigit()


@dataclass(frozen=True)
class YearFacts:
    """The dates and other constants of one collection year, by the name rules use after ``$``."""

    year: int
    census_day: date
    closes: date | None
    source: str
    provisional: bool
    constants: Mapping[str, date | int | float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Collection:
    """Everything the catalogue knows of one collection, over all its years.

    ``needs_reference_date`` names the constants that hold only where a return gives census day as its own
    reference date: a rule that uses one of them cannot be asked of any other return.
    ``header`` says whether a file gives its own year and authority, or a version that stands for its year, or the
    settings of a run do; ``date_form`` how its files write dates; ``inputs`` names the optional inputs, each with what
    is said where it is not there.  ``versions`` holds, for each form of the message, the year before version 1;
    ``keeps_unknown`` says that elements nobody knows are kept as they stand and written again.

    A termly collection lies whole in one ``folder``, under the folder's name, with all its ``terms`` and what its
    files call each.  Returns are always of one ``term``: that is the same collection narrowed to what is in force
    in it, under a name of its own (``school_census_spring``).  ``term_element`` is the element of the header that says
    the term.  Where nothing that is asked depends on it, returns of several terms may be taken together: ``whole``.
    """

    name: str
    title: str
    years: tuple[int, ...]
    message_name: str
    tables: Mapping[str, Table]
    code_sets: Mapping[str, CodeSet]
    message: Element
    derived: tuple[Derived, ...]
    rules: tuple[Rule, ...]
    facts: Mapping[int, YearFacts]
    constant_titles: Mapping[str, str] = field(default_factory=dict)
    needs_reference_date: frozenset[str] = frozenset()
    header: Literal["in file", "in settings", "version"] = "in file"
    date_form: Literal["yyyy-mm-dd", "dd/mm/yyyy"] = "yyyy-mm-dd"
    inputs: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    published: tuple[PublishedTable, ...] = ()
    keyed: tuple[KeyedPart, ...] = ()
    versions: tuple[int, ...] = ()
    keeps_unknown: bool = False
    folder: str = ""
    term: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    term_element: str = ""
    whole: bool = False
    facts_by_term: Mapping[str, Mapping[int, YearFacts]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.folder:
            object.__setattr__(self, "folder", self.name)

    @property
    def is_of_no_term(self) -> bool:
        """Whether a term has to be chosen before returns can be taken."""
        return bool(self.terms) and not self.term and not self.whole

    def form_of(self, root: str | None) -> int:
        """Which form of the message has this outermost element, counted from 0; the first where none has."""
        return self.message.names.index(root) if root in self.message.names else 0

    def year_of_version(self, text: str, root: str | None) -> int | None:
        """The year for which a version such as 13.0 stands, known to the collection or not; None for no version."""
        number = text.partition(".")[0]
        if not (
            self.versions and number.isascii() and number.isdecimal() and len(number) <= _LONGEST_VERSION
        ):
            return None
        return self.versions[self.form_of(root)] + int(number)

    def version_of_year(self, year: int, root: str | None) -> str:
        """The version that stands for a year, as files write it: 13.0."""
        return f"{year - self.versions[self.form_of(root)]}.0"

    def rules_in(self, year: int) -> tuple[Rule, ...]:
        """The rules in force in a year, in the order of the catalogue."""
        return tuple(rule for rule in self.rules if year in rule.years)

    def indicators_in(self, year: int) -> tuple[Indicator, ...]:
        """The indicators of a year, in the order of the catalogue."""
        return tuple(indicator for indicator in self.indicators if year in indicator.years)

    def derived_in(self, year: int) -> dict[str, Derived]:
        """The derived tables of a year by name, each after those it reads."""
        return {table.name: table for table in self.derived if year in table.years}

    @cached_property
    def person(self) -> str:
        """The table whose records are people, or '' where a collection has none."""
        return next((table.name for table in self.tables.values() if table.person), "")

    @cached_property
    def children_of(self) -> Mapping[str, tuple[str, ...]]:
        """Table name to the names of the tables directly below it."""
        return {
            name: tuple(child.name for child in self.tables.values() if child.parent == name)
            for name in self.tables
        }

    def ancestors(self, table: str) -> tuple[str, ...]:
        """The tables a row of this table lies within, nearest first; the last is the return itself."""
        return self._ancestors[table]

    @cached_property
    def _ancestors(self) -> Mapping[str, tuple[str, ...]]:
        return {table: tuple(self._above(table)) for table in self.tables}

    def _above(self, table: str) -> Iterator[str]:
        at = self.tables[table]
        if at.also_within:
            yield at.also_within
        while at.parent:
            yield at.parent
            at = self.tables[at.parent]

    def key_columns(self, table: str) -> tuple[str, ...]:
        """The key columns a row carries: its own, then those of every table it lies within."""
        return self._key_columns[table]

    @cached_property
    def _key_columns(self) -> Mapping[str, tuple[str, ...]]:
        return {
            name: (table.key, *(self.tables[above].key for above in self.ancestors(name)))
            for name, table in self.tables.items()
        }
