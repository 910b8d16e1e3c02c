"""Invented people: who they are, what they studied, when they were away and what they teach."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from muster.sample._identifiers import ni_number, teacher_number
from muster.sample._jobs import end_job, hours_of, make_agency_job, make_job, pay_for
from muster.sample._kinds import AGENCY, Headcount, Kind, kinds_of_staff
from muster.sample._names import FAMILY_NAMES, MEN, WOMEN
from muster.sample._shape import YearShape, iso
from muster.sample._truth import Person, Texts

_ETHNICITIES = (
    ("WBRI",) * 158 + ("WOTH",) * 8 + ("WIRI",) * 4 + ("AIND",) * 6 + ("APKN",) * 5 + ("ABAN",) * 2
    + ("BCRB",) * 3 + ("BAFR",) * 3 + ("MWAS",) * 2 + ("MWBC",) * 2 + ("AOTH", "CHNE", "OOTH", "MOTH")
    + ("REFU",) * 3
)  # fmt: skip
_SUBJECTS = {
    "ENG": "Q300", "MAT": "G100", "CSB": "C100", "CSC": "F100", "CSP": "F300", "HIS": "V100", "GEO": "L700",
    "FRE": "R100", "SPA": "R400", "ART": "W100", "MUS": "W300", "DRA": "W400", "PHE": "C600", "REL": "V600",
    "DAT": "H100", "BUS": "N100", "PSY": "C800", "SOC": "L300",
}  # fmt: skip
_ROUTES = ("ACEP", "ACEP", "ACEP", "ACEG", "TFST", "GTPR")
_CLASSES = ("1", "2", "2", "2", "3", "3", "5")
_ABSENCES = ("SIC",) * 80 + ("TRN",) * 6 + ("OTH",) * 7 + ("UNP",) * 3 + ("PUB",) * 2 + ("PRG", "UNA")
SECONDARY = frozenset({"Secondary", "All-through"})


class Recruiter:
    """Makes the people of one school after another, each school from a seed of its own.

    A school's people therefore do not depend on which other schools are made; only their numbers do.
    """

    def __init__(self, shape: YearShape, seed: int | str) -> None:
        self.shape = shape
        self.seed = seed
        self.made = 0
        self._teacher_numbers = 0
        subjects = shape.collection.code_sets["general_subject"].in_force(shape.year)
        self._subjects = [code for code in _SUBJECTS if code in subjects]

    def staff(self, school: str, phase: str, head_count: Headcount, *, area: str = "EW") -> Iterator[Person]:
        """Everyone a school employs, with leavers of the last year and agency teachers on top."""
        rng = Random(f"{self.seed}:{self.shape.year}:{school}")
        for kind in kinds_of_staff(phase, head_count, rng):
            person = self._person(rng, kind, school=school, phase=phase, area=area)
            yield person
            if kind.role not in {"HDTR", "SENC", "BUSS"} and rng.random() < 0.07:
                yield self._leaver(rng, kind, school=school, phase=phase, area=area)
        if phase != "Central":
            for _ in range(sum(rng.random() < 0.02 for _ in range(head_count.teachers))):
                yield self._agency_teacher(rng, school)

    def _person(self, rng: Random, kind: Kind, *, school: str, phase: str, area: str) -> Person:
        shape = self.shape
        age = min(int(rng.triangular(22, 67, 36)) + (8 if kind.pay == "LD" else 0), 69)
        job = make_job(rng, shape, kind=kind, school=school, age=age, area=area)
        person = self._somebody(
            rng, kind.category, age, woman=rng.random() < (0.62 if phase == "Secondary" else 0.84)
        )
        person.jobs.append(job)
        if kind.teaches:
            self._qualify(rng, person, kind)
        else:
            self._describe_support(person, kind)
        if phase != "Central" and kind.category in {1, 3} and shape.has_absences:
            person.absences = list(_absences(rng, shape, job.contract["contract_start"]))
        if phase in SECONDARY and kind.role in {"TCHR", "HDPT"}:
            person.curriculum = list(self._lessons(rng))
        return person

    def _somebody(self, rng: Random, category: int, age: int, *, woman: bool) -> Person:
        """A person with a name, a birthday and nothing else."""
        self.made += 1
        born = self.shape.census - int(age * 365.25) - rng.randint(20, 340)
        birth_date = iso(born) if not iso(born).endswith("-01-01") else iso(born + 1)
        details = {
            "family_name": rng.choice(FAMILY_NAMES),
            "given_name": rng.choice(WOMEN if woman else MEN),
            "ni_number": ni_number(self.made),
            "sex": self.shape.sexes[0 if woman else 1],
            "birth_date": birth_date,
            "ethnicity": rng.choice(_ETHNICITIES),
            "disability": "NO" if rng.random() < 0.93 else rng.choice(("YES", "YES", "REFU")),
        }
        person = Person(self.made, category, details, [])
        if woman and category in {1, 3} and rng.random() < 0.12:
            person.former_names.append(rng.choice(FAMILY_NAMES))
        return person

    def _give_teacher_number(self, person: Person) -> None:
        person.details["teacher_number"] = teacher_number(self._teacher_numbers)
        self._teacher_numbers += 1

    def _status(self, details: Texts, qualified: bool) -> None:
        if self.shape.year <= 2017:
            details["qt_status"] = "true" if qualified else "false"
        else:
            details |= {"qts": "true" if qualified else "false", "qtls": "false", "eyts": "false"}

    def _qualify(self, rng: Random, person: Person, kind: Kind) -> None:
        details, shape = person.details, self.shape
        qualified = kind.pay != "UT"
        self._status(details, qualified)
        details["hlta_status"] = "false"
        if qualified:
            self._give_teacher_number(person)
            details["qts_route"] = rng.choice(_ROUTES)
        if shape.has("members", "newly_qualified"):
            details["newly_qualified"] = "NotNQT"
        if shape.has("members", "slt"):
            details["slt"] = "true" if kind.pay == "LD" else "false"
        if shape.has_absences:
            person.qualifications = self._degrees(rng, qualified, senco=kind.role == "SENC")

    def _degrees(self, rng: Random, qualified: bool, *, senco: bool) -> list[Texts]:
        subject = _SUBJECTS[rng.choice(self._subjects)]
        if qualified and rng.random() < 0.22:
            held = [{"qualification_code": "BEDO", "subject_1": "X120", "subject_2": subject}]
        else:
            held = [{"qualification_code": "FRST", "subject_1": subject}]
            if qualified:
                held.append({"qualification_code": "PGCE", "subject_1": "X120"})
        if self.shape.year >= 2013:
            held[0]["class_of_degree"] = rng.choice(_CLASSES)
        if self.shape.has("qualifications", "verified"):
            held = [one | {"verified": "true"} for one in held]
        if senco and self.shape.year >= 2019:
            held.append({"qualification_code": "MAST", "subject_1": "Z201"})
        return held

    def _describe_support(self, person: Person, kind: Kind) -> None:
        details, shape = person.details, self.shape
        details["hlta_status"] = "true" if kind.role == "HLTA" else "false"
        if kind.category == 3:
            self._status(details, False)
        if kind.role == "BUSS" and shape.year >= 2023:
            details["slt"] = "true"
            person.qualifications = [{"qualification_code": "NVQ4", "subject_1": "Z209"}]
        elif shape.has("members", "slt"):
            details["slt"] = "false"

    def _leaver(self, rng: Random, kind: Kind, *, school: str, phase: str, area: str) -> Person:
        person = self._person(rng, kind, school=school, phase=phase, area=area)
        job = person.jobs[0]
        if job.contract["contract_type"] == "TMP" or person.category > 3:
            job.contract["contract_type"] = "PRM"
            job.contract.pop("contract_end", None)
        end_job(rng, self.shape, job, teaches=kind.teaches)
        person.curriculum = []
        last = job.contract.get("contract_end", "9999")
        person.absences = [one for one in person.absences if one["last_day"] <= last]
        return person

    def _agency_teacher(self, rng: Random, school: str) -> Person:
        person = self._somebody(rng, 2, rng.randint(24, 60), woman=rng.random() < 0.7)
        self._qualify(rng, person, AGENCY)
        person.qualifications = person.qualifications[:1] if person.qualifications else []
        person.jobs.append(make_agency_job(rng, self.shape, school=school))
        return person

    def _lessons(self, rng: Random) -> Iterator[Texts]:
        main = rng.choice(self._subjects)
        for year in sorted(rng.sample(range(7, 14), rng.randint(3, 6))):
            hours = rng.choice((1, 2, 2, 3, 3, 4, 4.5))
            yield {"subject": main, "year_group": str(year), "hours": f"{hours:.2f}"}
        if rng.random() < 0.2:
            other = rng.choice([subject for subject in self._subjects if subject != main])
            yield {"subject": other, "year_group": str(rng.randint(7, 9)), "hours": "1.00"}


def second_job(rng: Random, shape: YearShape, person: Person, *, kind: Kind, school: str) -> None:
    """Give someone another small job, at the same school or another."""
    job = make_job(rng, shape, kind=kind, school=school, age=30)
    job.contract["contract_type"] = "PRM"
    job.contract.pop("contract_end", None)
    main = person.jobs[0]
    if kind.category == person.category and kind.teaches:
        job.payment, job.full_pay, job.point = dict(main.payment), main.full_pay, main.point
        job.contract["post"], job.additional = main.contract["post"], []
    job.hours = hours_of(
        min(6.5, float(job.hours["hours_per_week"])),
        float(job.hours["fte_hours"]),
        int(job.hours["weeks_per_year"]),
    )
    job.payment["base_pay"] = pay_for(job, job.full_pay)
    person.jobs.append(job)


def _absences(rng: Random, shape: YearShape, employed_from: str) -> Iterator[Texts]:
    """Spells of absence in the window, apart from each other, most of them a few days of sickness."""
    at = shape.window_from + rng.randint(5, 200)
    while rng.random() < 0.55:
        first = at + (2 if at % 7 in {6, 0} else 0)
        length = rng.choice((1, 1, 2, 3, 5, 12))
        last = first + length - 1
        if last > shape.absence_to:
            return
        if iso(first) >= employed_from:
            yield _absence(rng, first, last)
        at = last + rng.randint(15, 120)


def _absence(rng: Random, first: int, last: int) -> Texts:
    weekdays = sum(day % 7 not in {6, 0} for day in range(first, last + 1))
    half = 0.5 if weekdays > 1 and rng.random() < 0.1 else 0.0
    return {
        "first_day": iso(first),
        "last_day": iso(last),
        "working_days_lost": f"{weekdays - half:.1f}",
        "category": rng.choice(_ABSENCES),
    }
