"""Who a received pupil is among those a school has: found by number, or a person must say, or new.

Nobody is ever taken for another on a name and a sex alone: the day of birth must agree too, and then a person decides.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from muster.transferring.roll import Pupil

Standing = Literal["new", "matched", "possible"]


@dataclass(frozen=True)
class Candidate:
    """A pupil of the school who may be the received one, and why, the likeliest first."""

    pupil: Pupil
    why: str


@dataclass(frozen=True)
class Match:
    """A received pupil: new here, matched to one of ours, or possibly one of ours, which a person must decide."""

    received: Pupil
    standing: Standing
    candidates: tuple[Candidate, ...] = ()
    why: str = ""


def matches(received: Sequence[Pupil], ours: Sequence[Pupil]) -> list[Match]:
    """Each received pupil with who they are; two received pupils are never matched to the same one of ours."""
    known = _Known(ours)
    found = [_match(pupil, known) for pupil in received]
    taken = Counter(match.candidates[0].pupil.key for match in found if match.standing == "matched")
    twice = Counter(pupil.get("upn") for pupil in received if pupil.get("upn"))
    return [_doubted(match, taken, twice) for match in found]


def _doubted(match: Match, taken: Counter[int], twice: Counter[str]) -> Match:
    if twice[match.received.get("upn")] > 1:
        return replace(match, standing="possible", why="the file has another pupil with the same UPN")
    if match.standing == "matched" and taken[match.candidates[0].pupil.key] > 1:
        return replace(
            match, standing="possible", why="another pupil of the file is matched to the same pupil"
        )
    return match


class _Known:
    """The pupils of the school by what they are looked for by: their numbers, and the day of birth."""

    def __init__(self, ours: Sequence[Pupil]) -> None:
        self._numbered: dict[str, list[Pupil]] = {}
        self._born: dict[str, list[Pupil]] = {}
        for pupil in ours:
            for number in {pupil.get("upn"), pupil.get("former_upn")}:
                self._numbered.setdefault(number, []).append(pupil)
            self._born.setdefault(pupil.get("birth_date"), []).append(pupil)

    def sharing_a_number(self, received: Pupil) -> list[Pupil]:
        """Those who have a number of the received pupil, each once."""
        numbers = filter(None, (received.get("upn"), received.get("former_upn")))
        found = {id(pupil): pupil for number in numbers for pupil in self._numbered.get(number, ())}
        return [pupil for pupil in found.values() if _by_number(received, pupil)]

    def born_with(self, received: Pupil) -> Sequence[Pupil]:
        """Those born on the same day, where it is known."""
        return self._born.get(received.get("birth_date"), ()) if received.get("birth_date") else ()


def _match(received: Pupil, ours: _Known) -> Match:
    numbered = ours.sharing_a_number(received)
    if len(numbered) == 1 and _is_same_person(received, numbered[0]):
        why = _by_number(received, numbered[0])
        return Match(received, "matched", (Candidate(numbered[0], why),), why)
    candidates = [Candidate(pupil, _doubt(received, pupil)) for pupil in numbered]
    candidates += [Candidate(pupil, why) for pupil, why in _alike(received, ours) if pupil not in numbered]
    if candidates:
        return Match(received, "possible", tuple(candidates), candidates[0].why)
    return Match(received, "new", why="nobody here has these numbers, nor the name with the day of birth")


def _by_number(received: Pupil, ours: Pupil) -> str:
    """Which number the two share, in words; '' for none."""
    upn, former = received.get("upn"), received.get("former_upn")
    if upn and upn == ours.get("upn"):
        return "the same UPN"
    if upn and upn == ours.get("former_upn"):
        return "the UPN is a former one of the pupil here"
    if former and former == ours.get("upn"):
        return "the UPN here is a former one in the file"
    return ""


def _is_same_person(received: Pupil, ours: Pupil) -> bool:
    """Whether, with a number shared, the day of birth or the whole name agrees too, or is not known on one side."""
    if not (received.get("birth_date") and ours.get("birth_date")):
        return _same_name(received, ours)
    return received.get("birth_date") == ours.get("birth_date") or _same_name(received, ours)


def _doubt(received: Pupil, ours: Pupil) -> str:
    shared = _by_number(received, ours)
    if _is_same_person(received, ours):
        return f"{shared}, as another pupil here has"
    return f"{shared}, but another name and another date of birth"


def _alike(received: Pupil, ours: _Known) -> Iterator[tuple[Pupil, str]]:
    """Those born on the same day who share a name, the likeliest first."""
    said = [(pupil, _likeness(received, pupil)) for pupil in ours.born_with(received)]
    for wanted in _LIKENESSES:
        yield from ((pupil, likeness) for pupil, likeness in said if likeness == wanted)


_ULN = "the same ULN and date of birth"
_ALL = "the same name, date of birth and sex"
_NAME = "the same name and date of birth, but not the same sex"
_PART = "the same date of birth and a part of the name"
_LIKENESSES = (_ULN, _ALL, _NAME, _PART)


def _likeness(received: Pupil, ours: Pupil) -> str:
    if received.get("uln") and received.get("uln") == ours.get("uln"):
        return _ULN
    if _same_name(received, ours):
        return _ALL if received.get("sex") == ours.get("sex") else _NAME
    return _PART if _names(received) & _names(ours) else ""


def _same_name(received: Pupil, ours: Pupil) -> bool:
    names = [(plain(one.get("surname")), plain(one.get("forename"))) for one in (received, ours)]
    return names[0] == names[1] and all(names[0])


def _names(pupil: Pupil) -> set[str]:
    items = ("surname", "forename", "former_surname", "preferred_surname", "preferred_forename")
    return {plain(pupil.get(item)) for item in items} - {""}


def plain(name: str) -> str:
    """A name without case, accents, spaces and signs, as names are compared."""
    parted = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in parted if letter.isalnum())
