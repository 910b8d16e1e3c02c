"""The schools of the invented authority of Anyshire, number 999."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from muster.model.authority import School

NAME, NUMBER = "Anyshire", "999"
FEDERATION = "Three Rivers Federation"
_PLACE_NAMES = """
    Ashcombe Birchfield Coldbrook Dunmere Eastwick Fernleigh Greyfriars Harrowdene Ivybridge Kestrel
    Langmoor Millbeck Northgate Oakhanger Pennyford Queensmead Ravensbourne Saltmarsh Thornbury Underhill
    Valebrook Westering Yewtree Applegarth Brackenhill Clearwater Drovers Elmstead Foxholes Gorsedown
    Hawthorn Inglewood Juniper Knapwell Lowmoor Meadowbank Nettlebed Orchard Plumtree Quarry
    Redgate Stonecroft Tollgate Uplands Violet Wharfside Yarnfield Anvil Bellhouse Candlewick
    Dovecote Everdene Flint Glebe Hollins Ironbridge Jubilee Kingsway Lakeside Mossbank
"""
_PLACES = tuple(_PLACE_NAMES.split())
_WORDS = {
    "Nursery": ("Nursery School",),
    "Primary": ("Primary School", "Church of England Primary School", "Infant School", "Junior School"),
    "Secondary": ("School", "High School", "Community College"),
    "All-through": ("All-through School",),
    "Special": ("Special School",),
    "PRU": ("Pupil Referral Unit",),
}
# Phase, share of the schools, first establishment number: those are the department's own bands.
_MIX = (
    ("Nursery", 0.05, 1001),
    ("PRU", 0.034, 1101),
    ("Primary", 0.66, 2001),
    ("Secondary", 0.15, 4001),
    ("All-through", 0.034, 4601),
    ("Special", 0.072, 7001),
)


def invent_schools(rng: Random, count: int) -> list[School]:
    """The schools of the authority: every phase, three in a federation, two academies.

    With fewer than six schools the rarer phases are missing.
    """
    schools: list[School] = []
    for phase, number, first in _numbers(count):
        schools += _of_phase(rng, phase, number, first)
    return _with_federation_and_academies(schools)


def _numbers(count: int) -> Iterator[tuple[str, int, int]]:
    others = {phase: max(1, round(count * share)) for phase, share, _ in _MIX if phase != "Primary"}
    for phase, _, first in _MIX:
        yield phase, others.get(phase, max(1, count - sum(others.values()))), first


def _of_phase(rng: Random, phase: str, number: int, first: int) -> Iterator[School]:
    for n in range(number):
        place = _PLACES[(first * 13 + n * 7) % len(_PLACES)]
        yield School(
            ref=f"{NUMBER}/{first + n}",
            name=f"{place} {rng.choice(_WORDS[phase])}",
            urn=f"9{first + n:04d}0",
            phase=phase,
            kind="Community school" if phase not in {"Special", "PRU"} else f"{phase} school",
            timetabled=phase in {"Secondary", "All-through"},
        )


def _with_federation_and_academies(schools: list[School]) -> list[School]:
    changed, primaries, secondaries = [], 0, 0
    for school in schools:
        primaries += school.phase == "Primary"
        secondaries += school.phase == "Secondary"
        place = {"Primary": primaries, "Secondary": secondaries}.get(school.phase)
        academy = (school.phase, place) in {("Primary", 4), ("Secondary", 1)}
        federation = FEDERATION if school.phase == "Primary" and primaries <= 3 else ""
        changed.append(_changed(school, academy=academy, federation=federation))
    return changed


def _changed(school: School, *, academy: bool, federation: str) -> School:
    kind = "Academy converter" if academy else school.kind
    return School(
        school.ref, school.name, school.urn, school.phase, kind, academy, federation, "EW", school.timetabled
    )  # fmt: skip
