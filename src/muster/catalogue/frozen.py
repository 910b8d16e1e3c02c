"""Closed years are frozen: what a return of a closed year is held to may not change without a reason.

``effective/frozen.toml`` holds a fingerprint for every closed year, which is any year before the last.  A
change of a closed year is accepted when every rule that changed says why (``corrects``), or when the
whole build is told why (``muster rules build --correct "why"``); the reason is kept beside the fingerprint.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import tomli

from muster.model import EVERY_TERM, Collection, Derived, Item, Rule

_HEADING = """\
# What a return of a closed year is held to, as a fingerprint of its rules, items, code sets and dates.
# Written by 'muster rules build'; a closed year changes only with a reason, which is kept here.
"""
_WORD = re.compile(r"\w+")


class Frozen(NamedTuple):
    """A closed year as it was last agreed: the fingerprint of each rule and of the rest, and past corrections."""

    rules: str
    rest: str
    corrections: tuple[str, ...] = ()


class Change(NamedTuple):
    """A closed year that is no longer as it was agreed."""

    year: int
    what: str


@dataclass(frozen=True)
class Freeze:
    """What the build finds: the text of the file to be kept, and changes nobody has given a reason for."""

    text: str
    unexplained: tuple[Change, ...] = field(default_factory=tuple)


def closed_years(collection: Collection) -> tuple[int, ...]:
    """Every year before the last of the collection."""
    return collection.years[:-1]


def fingerprint_of_rules(collection: Collection, year: int) -> str:
    """Sixteen hexadecimal digits that change when a rule of the year would find other things or say other words."""
    return _digest(sorted(_essence(rule) for rule in collection.rules_in(year)))


def fingerprint_of_rest(collection: Collection, year: int) -> str:
    """The same for what rules rest on: items, code sets, the derived tables they read, and dates."""
    items = [
        (
            table.name,
            item.name,
            item.type,
            item.length,
            item.decimals,
            item.pattern,
            item.codes,
            *_asked_of(item),
        )
        for table in collection.tables.values()
        if year in table.years
        for item in table.items_in(year)
    ]
    codes = [(name, sorted(set_.in_force(year)), set_.pattern) for name, set_ in collection.code_sets.items()]
    derived = [
        (name, table.columns, _one_line(table.sql)) for name, table in _derived_read(collection, year).items()
    ]
    facts = [collection.facts, *collection.facts_by_term.values()]
    constants = [sorted((name, str(value)) for name, value in one[year].constants.items()) for one in facts]
    return _digest([items, codes, derived, *constants])


def _asked_of(thing: Item | Rule) -> list[str]:
    """The terms and kinds of school of an item or a rule; nothing where it is asked of all."""
    terms = [] if thing.terms == EVERY_TERM else [str(thing.terms)]
    return [*terms, *thing.phases]


def _derived_read(collection: Collection, year: int) -> dict[str, Derived]:
    """The derived tables that rules name, themselves or through another; those of indicators may change."""
    named = {word for rule in collection.rules_in(year) for word in _WORD.findall(rule.fails_when)}
    found: dict[str, Derived] = {}
    for name, table in reversed(collection.derived_in(year).items()):
        if name in named:
            found[name] = table
            named.update(_WORD.findall(table.sql))
    return found


def _essence(rule: Rule) -> list[object]:
    """What a rule does; its source, notes and examples may improve without touching the year."""
    return [
        rule.id, rule.severity, rule.table, rule.scope, list(rule.group_by), _one_line(rule.fails_when),
        rule.message, rule.fix, rule.tolerance, *_asked_of(rule),
    ]  # fmt: skip


def _one_line(sql: str) -> str:
    return " ".join(sql.split())


def _digest(thing: object) -> str:
    return hashlib.sha256(json.dumps(thing, ensure_ascii=False).encode()).hexdigest()[:16]


def frozen_path(collection: Collection, catalogue: Path) -> Path:
    """Where the fingerprints of closed years are kept."""
    return catalogue / collection.folder / "effective" / "frozen.toml"


def read_frozen(path: Path) -> Mapping[int, Frozen]:
    """The closed years as they were agreed; none where nothing was frozen yet."""
    if not path.exists():
        return {}
    data = tomli.loads(path.read_text(encoding="utf-8"))
    return {
        int(year): Frozen(about["rules"], about["rest"], tuple(about.get("corrections", ())))
        for year, about in data.items()
    }


def freeze(collection: Collection, agreed: Mapping[int, Frozen], *, why: str = "") -> Freeze:
    """Compare every closed year with what was agreed; changes with a reason become what is agreed.

    A year that was never frozen is frozen as it is now.
    """
    now, unexplained = {}, []
    for year in closed_years(collection):
        rules, rest = fingerprint_of_rules(collection, year), fingerprint_of_rest(collection, year)
        before = agreed.get(year)
        if before is None or (before.rules, before.rest) == (rules, rest):
            now[year] = Frozen(rules, rest, before.corrections if before else ())
            continue
        reasons = _reasons(collection, year, before, rest_changed=before.rest != rest, why=why)
        if not reasons:
            unexplained.append(Change(year, _what(before, rules, rest)))
        now[year] = Frozen(rules, rest, (*before.corrections, *reasons)) if reasons else before
    return Freeze(_text(now), tuple(unexplained))


def _reasons(
    collection: Collection, year: int, before: Frozen, *, rest_changed: bool, why: str
) -> tuple[str, ...]:
    """The reasons not recorded yet; a rule's own reason cannot speak for items, codes or dates."""
    if why:
        return (why,)
    own = (f"{rule.code}: {rule.corrects}" for rule in collection.rules_in(year) if rule.corrects)
    return () if rest_changed else tuple(reason for reason in own if reason not in before.corrections)


def _what(before: Frozen, rules: str, rest: str) -> str:
    parts = ["the rules"] if before.rules != rules else []
    parts += ["items, code sets, derived tables or dates"] if before.rest != rest else []
    return " and ".join(parts)


def _text(years: Mapping[int, Frozen]) -> str:
    sections = [_HEADING]
    for year, frozen in sorted(years.items()):
        lines = [f"[{year}]", f'rules = "{frozen.rules}"', f'rest = "{frozen.rest}"']
        if frozen.corrections:
            written = "".join(
                f"    {json.dumps(reason, ensure_ascii=False)},\n" for reason in frozen.corrections
            )
            lines.append(f"corrections = [\n{written}]")
        sections.append("\n".join(lines) + "\n")
    return "\n".join(sections)
