"""A weighted score for two records no exact pass could join; it only ever makes a proposal.

The points are weights of evidence set by hand: a matching number is worth more than a matching name, a
mismatch counts against.  They are data so that they can be read and argued with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from muster.link._identity import Identity, Name
from muster.link._similarity import is_short_form, likeness, one_date_slip, one_typo, swapped

POINTS = {
    "same teacher number": 8,
    "teacher numbers one typing error apart": 5,
    "different teacher numbers": -4,
    "same NI number": 8,
    "NI numbers one typing error apart": 5,
    "different NI numbers": -4,
    "same birth date": 6,
    "birth dates one slip apart": 3,
    "different birth dates": -5,
    "same family name": 4,
    "similar family names": 2,
    "different family names": -2,
    "same given name": 3,
    "one given name a form of the other": 2,
    "similar given names": 2,
    "different given names": -4,
    "family and given name changed about": 6,
    "same hours": 1,
    "same post": 1,
}
ENOUGH = 7
BESIDE_NAMES = 2


@dataclass(frozen=True)
class Score:
    """The points two identities get, with the reasons, and how many points do not come from names."""

    points: int
    beside_names: int
    reasons: tuple[str, ...]

    @property
    def worth_proposing(self) -> bool:
        """Whether a person should be asked; a name alone is never enough."""
        return self.points >= ENOUGH and self.beside_names >= BESIDE_NAMES


def score(a: Identity, b: Identity) -> Score:
    """Weigh two identities; the order of the two does not matter."""
    numbers = [
        *_compared("teacher number", a.teacher_numbers, b.teacher_numbers, one_typo),
        *_compared("NI number", a.ni_numbers, b.ni_numbers, one_typo),
        *_birth_dates(a.birth_dates, b.birth_dates),
        *(["same hours"] if a.hours & b.hours else []),
        *(["same post"] if a.posts & b.posts else []),
    ]
    names = _names(a.names, b.names)
    return Score(_total([*numbers, *names]), _total(numbers), (*numbers, *names))


def _total(reasons: Iterable[str]) -> int:
    return sum(POINTS[reason] for reason in reasons)


def _compared(what: str, a: frozenset[str], b: frozenset[str], near: Callable[[str, str], bool]) -> list[str]:
    if not a or not b:
        return []
    if a & b:
        return [f"same {what}"]
    if any(near(one, other) for one in a for other in b):
        return [f"{what}s one typing error apart"]
    return [f"different {what}s"]


def _birth_dates(a: frozenset[str], b: frozenset[str]) -> list[str]:
    if not a or not b:
        return []
    if a & b:
        return ["same birth date"]
    near = any(one_date_slip(one, other) for one in a for other in b)
    return ["birth dates one slip apart" if near else "different birth dates"]


def _names(a: frozenset[Name], b: frozenset[Name]) -> list[str]:
    """The best that any pair of names, former ones included, can say."""
    pairs = [_name_pair(one, other) for one in a for other in b]
    return max(pairs, key=lambda reasons: (_total(reasons), reasons), default=[])


def _name_pair(a: Name, b: Name) -> list[str]:
    if swapped(a, b):
        return ["family and given name changed about"]
    return [_family(a.family, b.family), _given(a.first, b.first)]


def _family(a: str, b: str) -> str:
    if a == b:
        return "same family name"
    # A double-barrelled name keeps the old one at its start or end.
    contained = min(len(a), len(b)) >= 4 and (
        a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a)
    )
    return "similar family names" if contained or likeness(a, b) >= 0.8 else "different family names"


def _given(a: str, b: str) -> str:
    if a == b:
        return "same given name"
    if is_short_form(a, b):
        return "one given name a form of the other"
    return "similar given names" if likeness(a, b) >= 0.8 else "different given names"
