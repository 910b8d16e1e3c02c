"""What is odd and nevertheless true: the things a school has to explain, not correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from random import Random

from muster.model.authority import School
from muster.sample._identifiers import ni_number
from muster.sample._jobs import hours_of, pay_for
from muster.sample._mess import Planted
from muster.sample._shape import YearShape, iso
from muster.sample._truth import Person, Texts

AboutSchools = dict[str, dict[str, list[Texts]]]


def add_oddities(
    rng: Random, shape: YearShape, people: list[Person], schools: Iterable[School], about: AboutSchools
) -> list[Planted]:
    """Change a few true things, and say which."""
    primaries = [school for school in schools if school.phase == "Primary" and not school.federation]
    chosen = rng.sample(primaries, min(4, len(primaries)))
    planted: list[Planted] = []
    for place, school in enumerate(chosen):
        here = [person for person in people if person.school == school.ref]
        planted += _no_head(shape, people, here, about[school.ref]) if place % 2 else _no_senco(here)
    planted += _of_age(rng, shape, people)
    planted += _two_full_jobs(people)
    planted += _still_away(people)
    planted += _namesakes(rng, people)
    return planted


def _said(defect: str, person: Person, item: str, was: str, now: str) -> Planted:
    return Planted(defect, "truth", person.school, person.number, item, was, now)


def _no_head(
    shape: YearShape, people: list[Person], here: list[Person], about: dict[str, list[Texts]]
) -> Iterator[Planted]:
    """The head left more than a year ago and the post is still vacant."""
    for person in here:
        if "HDTR" in person.jobs[0].roles:
            people.remove(person)
            yield _said("head post vacant", person, "role", "HDTR", "")
            vacancy = {"post": "HDT", "tenure": "F", "temporarily_filled": "true", "advertised": "true"}
            vacancies = about.setdefault("vacancies", [])
            vacancies.append({k: v for k, v in vacancy.items() if k in shape.collected["vacancies"]})


def _no_senco(here: list[Person]) -> Iterator[Planted]:
    for person in here:
        roles = person.jobs[0].roles
        if "SENC" in roles:
            roles[:] = ["TCHR"]
            yield _said("no SEN co-ordinator", person, "role", "SENC", "TCHR")


def _of_age(rng: Random, shape: YearShape, people: list[Person]) -> Iterator[Planted]:
    midday = [person for person in people if "MIDA" in person.jobs[0].roles]
    for person in rng.sample(midday, min(2, len(midday))):
        was = person.details["birth_date"]
        person.details["birth_date"] = iso(shape.census - int(72.4 * 365.25))
        yield _said("older than 70", person, "birth_date", was, person.details["birth_date"])


def _two_full_jobs(people: list[Person]) -> Iterator[Planted]:
    """Full time at one school and most of the week at another: more than one and a half jobs."""
    several = [person for person in people if len(person.schools()) > 1 and person.category == 1][:2]
    for person in several:
        for job in person.jobs:
            full = float(job.hours["fte_hours"])
            job.hours = hours_of(full * 0.9, full, int(job.hours["weeks_per_year"]))
            job.payment["base_pay"] = pay_for(job, job.full_pay)
        yield _said("more than one and a half jobs", person, "hours_per_week", "", "")


def _still_away(people: list[Person]) -> Iterator[Planted]:
    """On sick leave since the summer."""
    away = [person for person in people if person.absences and "contract_end" not in person.jobs[0].contract]
    for person in away[:: max(1, len(away) // 5)]:
        last = person.absences[-1]
        was = last["last_day"]
        last["category"] = "SIC"
        del last["last_day"]
        last.pop("working_days_lost", None)
        yield _said("absence still running", person, "last_day", was, "")


def _namesakes(rng: Random, people: list[Person]) -> Iterator[Planted]:
    """Two people of one school with one name and one birthday; only their numbers tell them apart."""
    assistants = [person for person in people if person.category == 3 and len(person.jobs) == 1]
    for one, other in pairwise(assistants):
        if one.school == other.school:
            for item in ("family_name", "given_name", "birth_date", "sex"):
                other.details[item] = one.details[item]
            other.details["ni_number"] = ni_number(900_000 + rng.randint(1, 9_999))
            other.former_names, one.former_names = [], []
            yield _said("namesakes", other, "family_name", "", f"as person {one.number}")
            return
