"""A round of admissions in an invented authority: where children live, what parents name, and who is offered what.

Children and schools lie along one road.  Parents name schools that are near and well thought of; every school takes
those who live nearest first, whatever rank they gave it, and each child gets the highest of its preferences that has
room (the equal preference scheme of the Admissions Code).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

ROAD = 100.0
MOST_PREFERENCES = 6
_TOO_FAR = 20.0
_ASKED = 3_000
# Places follow demand, as schools that are liked grow; what does not follow it makes some schools full and others not.
_FOLLOWS = 0.6
_SPARE = 1.05


@dataclass
class AdmittingSchool:
    """A school with its place on the road, how well it is thought of, and how many it takes."""

    ref: str
    at: float
    draw: float
    room: int
    taken: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Application:
    """Where a child lives and which schools its parents named, the first choice first."""

    home: float
    named: tuple[str, ...]


def lay_out(rng: Random, refs: Sequence[str], children: int) -> list[AdmittingSchool]:
    """Put schools along the road, with room for a few more children than there are, mostly where it is asked for."""
    schools = [AdmittingSchool(ref, rng.uniform(0, ROAD), rng.gauss(0, 4), 0) for ref in refs]
    wanted = Counter(apply(rng, schools).named[0] for _ in range(_ASKED))
    for school in schools:
        share = _FOLLOWS * wanted[school.ref] / _ASKED + (1 - _FOLLOWS) / len(schools)
        school.room = max(2, round(children * _SPARE * share))
    return schools


def apply(rng: Random, schools: Sequence[AdmittingSchool]) -> Application:
    """One child's application: near schools, and better ones a little further off, in the order they are liked."""
    home = rng.uniform(0, ROAD)
    liked = sorted(schools, key=lambda school: abs(school.at - home) - school.draw + rng.gauss(0, 4))
    count = rng.choices(range(1, MOST_PREFERENCES + 1), (26, 18, 26, 12, 8, 10))[0]
    return Application(home, tuple(school.ref for school in liked[:count]))


def offer(applications: Sequence[Application], schools: Sequence[AdmittingSchool]) -> dict[int, str]:
    """The school offered to each child; a child whose schools are full gets the nearest with room, or none."""
    by_ref = {school.ref: school for school in schools}
    offered = _by_preference(applications, by_ref)
    for child, application in enumerate(applications):
        free = [s for s in schools if len(s.taken) < s.room and abs(s.at - application.home) < _TOO_FAR]
        if child not in offered and free:
            nearest = min(free, key=lambda school: abs(school.at - application.home))
            nearest.taken.append(child)
            offered[child] = nearest.ref
    return offered


def _by_preference(
    applications: Sequence[Application], schools: Mapping[str, AdmittingSchool]
) -> dict[int, str]:
    """Each child asks its schools in turn; a full school keeps those who live nearest and turns the farthest away."""
    asked = [0] * len(applications)
    waiting = list(range(len(applications)))
    offered: dict[int, str] = {}
    while waiting:
        child = waiting.pop()
        if asked[child] >= len(applications[child].named):
            continue
        school = schools[applications[child].named[asked[child]]]
        asked[child] += 1
        school.taken.append(child)
        offered[child] = school.ref
        if len(school.taken) > school.room:
            farthest = max(school.taken, key=lambda one: (abs(school.at - applications[one].home), one))
            school.taken.remove(farthest)
            del offered[farthest]
            waiting.append(farthest)
    return offered
