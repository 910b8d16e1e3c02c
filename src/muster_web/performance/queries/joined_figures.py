"""Figures that no return answers alone: pupils of one census over teachers of another, rolls against the register.

A school is in such a figure where everything it is made of is there: each return was sent, and for places the register
of schools gives a capacity.  What is left out is counted beside the figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from importlib.metadata import version
from typing import Any

from muster.model import MusterError
from muster.model.words import count_of, date_in_words
from muster.performance import Part, ratio_of_sums
from muster.performance.places import PlacesOfSchool
from muster_web.accounts.models import Organisation
from muster_web.performance.models import Figure, Quarter
from muster_web.performance.queries.last_returns import (
    Answered,
    LastReturns,
    answered_again,
    data_of,
    exact_text,
)

JOINED = "joined"
_CENSUS, _WORKFORCE = "school_census_spring", "school_workforce"
_PRIMARY = frozenset({"Primary", "Middle deemed primary"})
_SECONDARY = frozenset({"Secondary", "Middle deemed secondary"})
_PER_HUNDRED = "%"

PartData = dict[str, Any]


@dataclass(frozen=True)
class Sources:
    """What the returns of each collection answer, and the capacity of schools by number as the register gave it."""

    answers: Mapping[str, Answered]
    capacities: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class JoinedFigure:
    """One figure: ``sums`` are the figures of returns it rests on, by collection; ``parts`` what each school adds.

    ``of_people`` is False where it counts places or schools, which say nothing about single people.
    """

    title: str
    says: str
    unit: str
    sums: Mapping[str, str]
    parts: Callable[[Sources], list[PartData]]
    of_people: bool = False


def joined_figures(quarter: Quarter, last: LastReturns, wanted: set[str]) -> Iterator[Figure]:
    """The figures of these names, not yet kept; none where a return they need has no round yet."""
    for name in sorted(wanted & JOINED_FIGURES.keys()):
        answers = {collection: last.of(collection) for collection in JOINED_FIGURES[name].sums}
        held = {collection: one for collection, one in answers.items() if one is not None}
        if len(held) == len(answers):
            yield _figure(quarter, name, Sources(held, _in_register(held)))


def joined_figure_again(figure: Figure) -> Figure:
    """A figure from the very data it was made from.  Raises MusterError where they or its definition are gone."""
    name = figure.name.partition(".")[2]
    if name not in JOINED_FIGURES:
        raise MusterError(f"there is no figure {name} any more")
    answers = {
        collection: answered_again(
            collection, year, [one for one in figure.parts if one["of"].startswith(f"{collection}.")]
        )
        for collection, year in figure.made_by["years"].items()
    }
    return _figure(figure.quarter, name, Sources(answers, {one["ref"]: one for one in figure.parts}))


def _in_register(answers: Mapping[str, Answered]) -> dict[str, dict[str, Any]]:
    schools = [one.subject.organisation for answered in answers.values() for one in answered.sent]
    return {one.ref: held for one in schools if (held := _capacity_of(one))}


def _capacity_of(school: Organisation) -> dict[str, Any]:
    told = str(school.register.get("SchoolCapacity", ""))
    if not told.isdecimal() or not int(told):
        return {}
    day = f" of {date_in_words(school.register_date)}" if school.register_date else ""
    return {"capacity": int(told), "phase": school.phase, "register": f"the register of schools{day}"}


def _figure(quarter: Quarter, name: str, sources: Sources) -> Figure:
    about = JOINED_FIGURES[name]
    parts = about.parts(sources)
    above = sum((Decimal(one["numerator"]) for one in parts), Decimal(0))
    below = sum((Decimal(one["denominator"]) for one in parts), Decimal(0))
    return Figure(
        quarter=quarter, name=f"{JOINED}.{name}", title=about.title, says=about.says, unit=about.unit,
        value=_value(about.unit, above, below), numerator=exact_text(above), denominator=exact_text(below),
        parts=parts, made_by=_made_by(quarter, about, sources), coverage=_coverage(sources, parts),
    )  # fmt: skip


def _value(unit: str, above: Decimal, below: Decimal) -> str:
    """The ratio of the sums with one decimal, rounded half up; '' where there is nothing to divide by."""
    ratio = ratio_of_sums([Part(above, below)], times=100 if unit == _PER_HUNDRED else 1)
    return "" if ratio is None else exact_text(ratio.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _made_by(quarter: Quarter, about: JoinedFigure, sources: Sources) -> dict[str, Any]:
    made = [sources.answers[collection].figures.get(name) for collection, name in about.sums.items()]
    known = [one.made_by for one in made if one]
    queries = [one["query"]["numerator"] for one in known]
    return {
        "muster": version("muster"), "engine": "duckdb", "collection": JOINED, "year": quarter.plan.year,
        "of_people": about.of_people,
        "years": {collection: one.year for collection, one in sources.answers.items()},
        "query": {
            "numerator": queries[0] if queries else "", "denominator": queries[1] if len(queries) > 1 else "",
            "sha256": _checksum([about.says, *(one["query"]["sha256"] for one in known)]),
        },
        "tables_sha256": _checksum(one["tables_sha256"] for one in known),
    }  # fmt: skip


def _checksum(texts: Any) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _coverage(sources: Sources, parts: Sequence[PartData]) -> str:
    told = [one.said for one in sources.answers.values() if one.said]
    sent = {ref for one in sources.answers.values() for ref in one.by_ref if "/" in ref}
    left_out = len(sent - {one["ref"] for one in parts})
    rest = [f"{count_of(left_out, 'school')} left out: of another phase, or without all it takes"]
    return "; ".join([*told, *(rest if left_out else ())])


# -- pupils for each teacher -------------------------------------------------------------------------------


def _pupils_and_teachers(sources: Sources) -> list[PartData]:
    """Two parts of each school that sent both returns: its pupils, and its teachers to divide them by."""
    pupils = _sums(sources.answers[_CENSUS], "pupils_fte")
    teachers = _sums(sources.answers[_WORKFORCE], "teachers_fte")
    found: list[PartData] = []
    for ref in sorted(pupils.keys() & teachers.keys()):
        value = _value("", pupils[ref], teachers[ref])
        above = {"numerator": exact_text(pupils[ref]), "denominator": "0", "value": value}
        below = {"numerator": "0", "denominator": exact_text(teachers[ref]), "value": ""}
        found.append({**_source(sources, _CENSUS, "pupils_fte", ref), **above, **_together(pupils[ref])})
        found.append(
            {**_source(sources, _WORKFORCE, "teachers_fte", ref), **below, **_together(teachers[ref])}
        )
    return found


def _together(total: Decimal) -> PartData:
    return {"behind": f"Together they make {exact_text(total)} full-time."}


def _sums(answered: Answered, name: str) -> dict[str, Decimal]:
    """The sum of each school by its number; an authority's own return is of no school."""
    figure = answered.figures.get(name)
    return {one.ref: one.numerator for one in figure.parts if "/" in one.ref} if figure else {}


def _source(sources: Sources, collection: str, name: str, ref: str) -> PartData:
    answered = sources.answers[collection]
    one = answered.by_ref[ref]
    figure = answered.figures[name].indicator
    return {
        **data_of(one),
        "of": f"{collection}.{name}",
        "year": answered.year,
        "said": f"{figure.title}, {one.subject.round}",
    }


# -- places ------------------------------------------------------------------------------------------------


def _places(sources: Sources, *, phases: frozenset[str], of_schools: bool) -> list[PartData]:
    """A part of each school of these phases with a capacity: its places left, or whether it has many left."""
    found = []
    for ref, pupils in sorted(_sums(sources.answers[_CENSUS], "pupils").items()):
        held = sources.capacities.get(ref, {})
        if held.get("phase") in phases:
            school = PlacesOfSchool(ref, held["phase"], held["capacity"], int(pupils))
            sums = _counted_school(school) if of_schools else _counted_places(school)
            found.append({**_source(sources, _CENSUS, "pupils", ref), **sums, **_said(school, held)})
    return found


def _counted_places(school: PlacesOfSchool) -> PartData:
    value = _value(_PER_HUNDRED, Decimal(school.unfilled), Decimal(school.capacity))
    return {"numerator": str(school.unfilled), "denominator": str(school.capacity), "value": value}


def _counted_school(school: PlacesOfSchool) -> PartData:
    many = school.has_many_unfilled
    return {"numerator": str(int(many)), "denominator": "1", "value": "yes" if many else "no"}


def _said(school: PlacesOfSchool, held: Mapping[str, Any]) -> PartData:
    pupils, places = count_of(school.pupils, "pupil"), count_of(school.capacity, "place")
    return {
        "capacity": school.capacity, "phase": school.phase, "register": held["register"],
        "said": f"{pupils} on roll, {places} by {held['register']}",
        "behind": f"These pupils are on roll. Of {places} they leave {school.unfilled} unfilled.",
    }  # fmt: skip


_ROLL = (
    "Pupils on roll, nursery classes among them, are those of the last spring census that was sent; the capacity is "
    "that of the register of schools. Middle schools go by what they are deemed to be. All-through schools are left "
    "out, as their capacity is not told by phase."
)


def _of_places(phase: str, phases: frozenset[str], code: str) -> dict[str, JoinedFigure]:
    """The two figures of a phase: places unfilled, and schools with many of them."""
    unfilled = (
        f"Of the places of {phase} schools, the percentage that are unfilled, counted school by school: an overfull "
        f"school fills no place of another. {_ROLL}"
    )
    many = (
        f"Of {phase} schools, the percentage with a quarter of their places unfilled and at least 30, as the old BVPI "
        f"{code} had it. {_ROLL}"
    )
    of_places, of_schools = (
        partial(_places, phases=phases, of_schools=of_schools) for of_schools in (False, True)
    )
    sums = {_CENSUS: "pupils"}
    return {
        f"unfilled_{phase}": JoinedFigure(
            f"Unfilled places in {phase} schools", unfilled, _PER_HUNDRED, sums, of_places,
        ),
        f"many_unfilled_{phase}": JoinedFigure(
            f"{phase.capitalize()} schools with many unfilled places (BVPI {code})", many, _PER_HUNDRED, sums,
            of_schools,
        ),
    }  # fmt: skip


JOINED_FIGURES = {
    "pupils_per_teacher": JoinedFigure(
        "Pupils for each teacher",
        "How many full-time pupils there are for each full-time teacher, in schools that sent both returns: pupils by "
        "the last spring census, a part-time pupil counting as half, over the full-time equivalents of regular "
        "teachers by the last workforce census. Staff of the authority's own return are left out.",
        "pupils",
        {_CENSUS: "pupils_fte", _WORKFORCE: "teachers_fte"},
        _pupils_and_teachers,
        of_people=True,
    ),
    **_of_places("primary", _PRIMARY, "34a"),
    **_of_places("secondary", _SECONDARY, "34b"),
}
