"""The truth of the invented authority: its schools, everyone who works there, and what is about a school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from muster.model.authority import School
from muster.sample._kinds import (
    ASSISTANT_TO_TEACHER,
    TEACHER,
    TYPICAL,
    Headcount,
    lunchtime_kind,
)
from muster.sample._mess import Planted
from muster.sample._oddities import add_oddities
from muster.sample._people import Recruiter, second_job
from muster.sample._schools import NUMBER, invent_schools
from muster.sample._shape import YearShape
from muster.sample._truth import Person, Texts

_TWO_JOBS, _TWO_SCHOOLS = 0.05, 0.06


@dataclass
class Truth:
    """Everything that is so in the authority in one year.

    ``about_schools`` holds by school and table the records that are about no person; ``oddities`` names what is
    true and will still be questioned.
    """

    shape: YearShape
    schools: list[School]
    people: list[Person]
    about_schools: dict[str, dict[str, list[Texts]]]
    oddities: list[Planted] = field(default_factory=list)

    def at(self, ref: str) -> Iterator[Person]:
        """Everyone with a job at a school, or with the authority itself."""
        return (person for person in self.people if any(job.school == ref for job in person.jobs))

    def records(self, ref: str, table: str) -> list[Texts]:
        """What is known about a school and no person, of one table."""
        return self.about_schools[ref].get(table, [])


def invent_authority(shape: YearShape, *, seed: int | str, schools: int, odd: bool = True) -> Truth:
    """Anyshire with so many schools; the same seed always gives the same, with or without oddities."""
    rng = Random(f"{seed}:{shape.year}:authority")
    open_schools = invent_schools(rng, schools)
    recruiter = Recruiter(shape, seed)
    people: list[Person] = []
    for school in open_schools:
        size = _size(Random(f"{seed}:{shape.year}:{school.ref}:size"), school.phase)
        people += recruiter.staff(school.ref, school.phase, size)
    people += recruiter.staff(NUMBER, "Central", TYPICAL["Central"])
    _spread_jobs(rng, shape, people, open_schools)
    _number_jobs(people)
    about = {school.ref: dict(_about_school(rng, shape, school)) for school in open_schools}
    about[NUMBER] = {"educational_psychologists": [_psychologists()]}
    oddities = add_oddities(rng, shape, people, open_schools, about) if odd else []
    return Truth(shape, open_schools, people, about, oddities)


def _size(rng: Random, phase: str) -> Headcount:
    typical, size = TYPICAL[phase], rng.triangular(0.5, 1.4, 0.85)
    return Headcount(
        max(2, round(typical.teachers * size)),
        max(2, round(typical.assistants * size)),
        max(3, round(typical.support * size)),
    )


def _spread_jobs(rng: Random, shape: YearShape, people: list[Person], schools: list[School]) -> None:
    """Second jobs: lunchtimes at the same school, a day a week at another."""
    near = {school.ref: _neighbour(schools, school) for school in schools}
    for person in people:
        if person.school not in near or "contract_end" in person.jobs[0].contract:
            continue
        small = float(person.jobs[0].hours["hours_per_week"]) <= 25
        if person.category == 3 and rng.random() < _TWO_JOBS:
            second_job(rng, shape, person, kind=lunchtime_kind(), school=person.school)
        elif small and person.category in {1, 3} and rng.random() < _TWO_SCHOOLS:
            kind = TEACHER if person.category == 1 else ASSISTANT_TO_TEACHER
            if person.jobs[0].payment.get("pay_range") in {"TE", "TU", "OT"}:
                second_job(rng, shape, person, kind=kind, school=near[person.school])


def _neighbour(schools: list[School], school: School) -> str:
    """Another school of the federation or, failing that, of the phase."""
    kin = [one for one in schools if (one.federation, one.phase) == (school.federation, school.phase)]
    return kin[(kin.index(school) + 1) % len(kin)].ref


def _number_jobs(people: list[Person]) -> None:
    for person in people:
        for place, job in enumerate(person.jobs, start=1):
            job.payroll_number = f"{100_000 + person.number * 7:07d}-{place}"


def _about_school(rng: Random, shape: YearShape, school: School) -> Iterator[tuple[str, list[Texts]]]:
    yield "vacancies", list(_vacancies(rng, shape, school))
    if shape.collected["occasional_teachers"]:
        qualified = str(rng.choice((0, 0, 1, 1, 2)))
        yield "occasional_teachers", [{"qualified": qualified, "not_qualified": "0", "not_known": "0"}]
    if shape.collected["agency_support"] and rng.random() < 0.3:
        category, number = rng.choice(("CLNR", "COOK", "COVR")), rng.randint(1, 4)
        yield "agency_support", [{"category": category, "headcount": str(number)}]


def _vacancies(rng: Random, shape: YearShape, school: School) -> Iterator[Texts]:
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        vacancy = {
            "post": shape.teacher_post("TE"),
            "tenure": rng.choice("FFP"),
            "temporarily_filled": rng.choice(("true", "false")),
            "advertised": "true",
        }
        if school.timetabled:
            vacancy["subject"] = rng.choice(("MAT", "CSP", "ENG", "GEO"))
        yield {item: text for item, text in vacancy.items() if item in shape.collected["vacancies"]}


def _psychologists() -> Texts:
    return {"full_time": "6", "part_time": "3", "full_time_equivalent": "1.8"}
