"""Which rules can be asked of which returns, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from muster.engines import Engine
from muster.model import Collection, Return, Rule, Table
from muster.model.local import Local
from muster.model.words import count_of, date_in_words, value_in_words

_FALSE = ("false", "0")


class Applicability:
    """What the returns of a run hold, asked rule by rule.

    Where ``stands_for`` is given, a return stands for so many that say the same of themselves.
    """

    def __init__(
        self,
        collection: Collection,
        engine: Engine,
        returns: Sequence[Return],
        *,
        stands_for: Sequence[int] | None = None,
    ):
        self.collection, self.engine, self.returns = collection, engine, returns
        self._stands_for = stands_for or [1] * len(returns)
        self._headers = [one.header for one in returns]
        self._excluded: dict[str, frozenset[int]] = {}

    def reason_not_to_run(self, rule: Rule, local: Local) -> str:
        """Why a rule cannot be asked of any return here, or ''."""
        suspended = local.why_suspended(rule.id, rule.code)
        if suspended:
            return suspended
        if rule.id not in self.engine.rules:
            return "the rule is not in the built plan; run 'muster rules build'"
        if rule.scope == "authority" and sum(self._stands_for) < 2:
            return "it compares returns, and there is only one"
        missing = self._missing_constants(rule)
        if missing:
            return f"there is no value for {missing} in this year"
        excluded = self.excluded(rule)
        return self._why(rule, excluded) if self.returns and len(excluded) == len(self.returns) else ""

    def partly(self, rule: Rule) -> str:
        """A note where a rule could be asked of some returns only."""
        excluded = self.excluded(rule)
        if not excluded or self._only_in(rule) or rule.phases:
            return ""
        return f"not run for {count_of(self._count(excluded), 'return')}: {self._why(rule, excluded)}"

    def _count(self, places: frozenset[int]) -> int:
        return sum(self._stands_for[place] for place in places)

    def excluded(self, rule: Rule) -> frozenset[int]:
        """The places of the returns of which this rule cannot be asked."""
        if rule.id not in self._excluded:
            self._excluded[rule.id] = frozenset(self._places_excluded(rule))
        return self._excluded[rule.id]

    def _places_excluded(self, rule: Rule) -> set[int]:
        flags = self._flags(rule)
        only_in = self._only_in(rule)
        found = set(self._of_another_day) if self._needs_reference_date(rule) else set()
        for place, header in enumerate(self._headers):
            kind = "authority" if header.get("source_level") == "L" else "school"
            other_phase = bool(rule.phases) and header.get("phase") not in rule.phases
            declared_absent = any(_is_false(header, flag) for flag in flags)
            if declared_absent or other_phase or (only_in and kind != only_in) or self._absent(rule, place):
                found.add(place)
        return found

    def _absent(self, rule: Rule, place: int) -> str:
        """Why a table or item the rule cannot do without did not arrive with a return, or ''."""
        absent = self.returns[place].absent
        if not absent:
            return ""
        items = (f"{rule.table}.{item}" for item in self.engine.rules[rule.id].items)
        needed = (name for name in (*self._reads[rule.id], *items) if name not in rule.may_lack)
        return next((absent[name] for name in needed if name in absent), "")

    def _why(self, rule: Rule, excluded: frozenset[int]) -> str:
        only_in = self._only_in(rule)
        if only_in:
            return f"it is about the {only_in}'s own file only"
        if rule.phases:
            return "it is about schools of another phase"
        if self._needs_reference_date(rule) and excluded <= self._of_another_day:
            return self._why_no_period(excluded)
        absent = self._absent(rule, min(excluded))
        return absent or self._why_left_out(rule)

    def _why_left_out(self, rule: Rule) -> str:
        flags = [
            f for f in sorted(self._flags(rule)) if any(_is_false(header, f) for header in self._headers)
        ]
        items = next(iter(self.collection.tables.values())).items
        return f"the return says of itself: {', '.join(f'{items[flag].title}: no' for flag in flags)}"

    def _why_no_period(self, excluded: frozenset[int]) -> str:
        wanted = date_in_words(self._census_day)
        if self._count(excluded) > 1:
            return f"they do not give {wanted} as their reference date"
        given = self._headers[min(excluded)].get("reference_date")
        return f"the reference date is {value_in_words(given)}, not {wanted}, so the census year is not known"

    @cached_property
    def _of_another_day(self) -> frozenset[int]:
        """The places of the returns that do not give census day as their reference date."""
        wanted = self._census_day.isoformat()
        return frozenset(
            n for n, header in enumerate(self._headers) if header.get("reference_date") != wanted
        )

    @property
    def _census_day(self) -> date:
        return self.collection.facts[self.engine.year].census_day

    def _needs_reference_date(self, rule: Rule) -> bool:
        needing = self.collection.needs_reference_date
        return bool(needing) and not needing.isdisjoint(
            self.engine.constants_used(self.engine.rules[rule.id])
        )

    def _only_in(self, rule: Rule) -> str:
        return self.collection.tables[rule.table].only_in or ""

    def _flags(self, rule: Rule) -> set[str]:
        """The flags that switch a rule off, except one the rule itself asks about."""
        asked = self.engine.rules[rule.id].items
        return {table.module for table in self._tables(rule) if table.module and table.module not in asked}

    def _tables(self, rule: Rule) -> list[Table]:
        return [self.collection.tables[name] for name in self._reads[rule.id]]

    @cached_property
    def _reads(self) -> dict[str, list[str]]:
        """The tables of data each rule reads, looking through derived tables."""
        through = {derived.name: derived.reads for derived in self.engine.derived}

        def base(names: Sequence[str]) -> list[str]:
            found: list[str] = []
            for name in names:
                found += base(through[name]) if name in through else [name]
            return list(dict.fromkeys(found))

        return {name: base(rule.reads) for name, rule in self.engine.rules.items()}

    def _missing_constants(self, rule: Rule) -> str:
        return self.engine.missing_constant(self.engine.rules[rule.id])


def _is_false(header: Mapping[str, str | None], flag: str) -> bool:
    return (header.get(flag) or "").lower() in _FALSE
