"""The patterns of ``matches``: the part of regular expressions that every engine reads alike."""

from __future__ import annotations

import re

_PART = re.compile(
    r"(?P<one>\[\^?[^\[\]\\]+\]|[^\[\]\\^$.()|?*+{}])|(?P<times>\{\d{1,3}(,\d{0,3})?\}|[?*+])|[(|)]"
)
_RANGE = re.compile(r"([^\[^])-([^\]])")
_SET_SIGNS = ("--", "&&", "||", "~~")
_PIECES = re.compile(r"(?:x\+?)+(?:\|(?:x\+?)+)*")
_GROUP = re.compile(r"\(([x+|]*)\)")


def pattern_fault(pattern: str) -> str:
    """What is wrong with a pattern, or ''."""
    parts = list(_PART.finditer(pattern))
    if sum(len(part[0]) for part in parts) != len(pattern) or not _folds_away(parts):
        return (
            "is not one that every engine reads alike; use literals, [...] and (a|b), "
            "and after each at most one of ? * + {n} {n,m}"
        )
    return next((fault for part in parts if (fault := _part_fault(part[0]))), "")


def _folds_away(parts: list[re.Match[str]]) -> bool:
    """Whether the parts fit together, told by folding groups from the inside out."""
    folded = "".join("x" if part["one"] else "+" if part["times"] else part[0] for part in parts)
    while group := _GROUP.search(folded):
        if not _PIECES.fullmatch(group[1]):
            return False
        folded = folded[: group.start()] + "x" + folded[group.end() :]
    return _PIECES.fullmatch(folded) is not None


def _part_fault(part: str) -> str:
    if part.startswith("[") and any(signs in part for signs in _SET_SIGNS):
        return "doubles a sign within [...], which some engines take for an operation on sets"
    if part.startswith("[") and any(low > high for low, high in _RANGE.findall(part)):
        return "has a range that runs backwards"
    low, comma, high = part.strip("{}").partition(",")
    if part.startswith("{") and comma and high and int(low) > int(high):
        return "repeats from more to fewer times"
    return ""
