"""What the wording of an indicator says: its families, its unit, and whether more or less of it is better."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import tomli

from muster.performance.measures import FAMILIES, Aim, Direction, Tag, Value

_TAG = re.compile(rf"\b({'|'.join(FAMILIES)})\s?(\d+\s?[a-z]?)\b")
_MISREAD = re.compile(r"\b(?:L[l1|]|[l1|]I|N[l1|]|8VPI)\s?\d+")
_WORDS: tuple[tuple[re.Pattern[str], Direction], ...] = (
    (re.compile(r"\b(?:reduce|reduction|decrease|lower|fewer)\b", re.I), "lower"),
    (re.compile(r"\b(?:increase|raise|improve|rise)\b", re.I), "higher"),
)
_HINTS: tuple[tuple[re.Pattern[str], Direction], ...] = (
    (re.compile(r"\b(?:sickness|turnover|vacanc\w+|absen\w+)\b", re.I), "lower"),
    (re.compile(r"\b(?:completed|achieved|savings|consulted|made available)\b", re.I), "higher"),
)
_PERCENT = re.compile(r"%|\bper ?cent|\bpercentage\b", re.I)


def tags_in(*texts: str) -> tuple[Tag, ...]:
    """The families and numbers that are named, each once: 'LPSA 5', 'BVPI 34a'."""
    found = [Tag(family, number.replace(" ", "")) for text in texts for family, number in _TAG.findall(text)]
    return tuple(dict.fromkeys(found))


def misread_tag(text: str) -> str:
    """What looks like a family with a letter misread, such as 'Ll21'; '' where there is none."""
    found = _MISREAD.search(text)
    return found[0] if found else ""


def unit_in(title: str, values: Sequence[Value] = ()) -> str:
    """The unit: % where the wording or a value says so, else that of the values."""
    if _PERCENT.search(title):
        return "%"
    return next((value.amount.unit for value in values if value.amount.unit), "")


def aim_of(title: str, tags: Sequence[Tag], values: Sequence[Value]) -> Aim | None:
    """Which values are better: by the wording, else the national definition, else, as a suggestion, by the targets."""
    for pattern, direction in _WORDS:
        if found := pattern.search(title):
            return Aim(direction, f"the word '{found[0]}'")
    for tag in tags:
        if tag.same in _definitions():
            return Aim(_definitions()[tag.same], f"the definition of {tag}")
    for pattern, direction in _HINTS:
        if found := pattern.search(title):
            return Aim(direction, f"the word '{found[0]}'", suggested=True)
    return _by_targets(values)


def _by_targets(values: Sequence[Value]) -> Aim | None:
    """Where the targets go from the last actual value before them; None where they stay, so that nothing is said."""
    targets = [one for one in values if one.kind == "target"]
    before = [
        one
        for one in values
        if one.kind == "actual" and targets and one.period.ends < targets[0].period.starts
    ]
    way = [n for one in (*before[-1:], *targets) if (n := one.amount.number) is not None]
    change = way[-1] - way[0] if len(way) > 1 else Decimal(0)
    if not change:
        return None
    return Aim("higher" if change > 0 else "lower", "where its targets go", suggested=True)


@cache
def _definitions() -> dict[tuple[str, str], Direction]:
    """The national indicators whose aim their definition says."""
    text = Path(__file__).with_name("definitions.toml").read_text(encoding="utf-8")
    held = tomli.loads(text)["better"]
    return {
        tag.same: direction for direction, names in held.items() for name in names for tag in tags_in(name)
    }
