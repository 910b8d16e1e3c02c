"""Group findings by their likely cause, and tell a conversion fault from an entry fault.

When a rule fails on nearly every value that came through one column of one file, the values were hardly all
keyed wrong: the mapping or the export is at fault, and one correction there mends them all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from muster.model import Cause, Finding, Provenance, Return
from muster.resolve.edits import ON_SCREEN

_BY_HAND = ("keyed", ON_SCREEN)
ENOUGH_ROWS = 5
NEARLY_ALL = 0.8


class Place(NamedTuple):
    """Where values come through: a column of a file; of what a person keyed, an item, as no column is at fault."""

    table: str
    source: str
    column: str
    keyed: bool = False
    missing: bool = False


def causes(findings: Iterable[Finding], returns: Sequence[Return]) -> tuple[Cause, ...]:
    """The likely causes, the one that explains most findings first."""
    by_ref = {one.ref: one for one in returns}
    asked = _values_asked(returns)
    grouped: dict[tuple[str, Place], list[Finding]] = defaultdict(list)
    for finding in findings:
        place = _place(finding, by_ref)
        if place:
            grouped[finding.rule_id, place].append(finding)
    found = [_cause(place, group, asked) for (_, place), group in grouped.items()]
    return tuple(sorted(found, key=lambda c: (-c.findings, c.rule_id, c.source)))


def _cause(place: Place, group: Sequence[Finding], asked: Mapping[Place, int]) -> Cause:
    values = max(asked.get(place, 0), len(group))
    all_alike = not place.keyed and len(group) >= ENOUGH_ROWS and len(group) >= NEARLY_ALL * values
    first = group[0]
    return Cause(
        first.rule_id, first.code, first.severity, place.source, place.column, len(group), values,
        "conversion" if all_alike else "entry", first.message,
    )  # fmt: skip


def _place(finding: Finding, by_ref: Mapping[str, Return]) -> Place | None:
    """Where the first value of a finding came through; None for a finding about no value."""
    item = next(iter(finding.values), None)
    one = by_ref.get(finding.ref)
    if item is None or one is None or finding.key is None:
        return None
    came = one.provenance.get((finding.table, finding.key, item))
    if came:
        return _came_through(finding.table, item, came)
    return Place(finding.table, _name(one), item, missing=finding.values[item] is None)


def _name(one: Return) -> str:
    return one.source.name if one.source else one.ref


def _came_through(table: str, item: str, came: Provenance) -> Place:
    keyed = came.source in _BY_HAND
    return Place(table, came.file, item if keyed else came.column, keyed)


def _values_asked(returns: Iterable[Return]) -> Counter[Place]:
    """How many values came through each place, and of how many rows one could have been missing."""
    asked: Counter[Place] = Counter()
    for one in returns:
        is_read = all(came.source == ON_SCREEN for came in one.provenance.values())
        asked.update(_came_through(table, item, came) for (table, _, item), came in one.provenance.items())
        for rows in one.tables.values():
            for item, texts in rows.text.items():
                asked[Place(rows.table, _name(one), item, missing=True)] += len(texts)
                if is_read:
                    asked[Place(rows.table, _name(one), item)] += len(texts) - texts.count(None)
    return asked
