"""What was returned a year ago, worked back from what is so today."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from muster.model import Return
from muster.sample._anyshire import Truth
from muster.sample._identifiers import ni_number, teacher_number
from muster.sample._jobs import pay_for
from muster.sample._returns import one_return
from muster.sample._shape import YearShape, day_number, iso
from muster.sample._truth import Job, Person, Texts

_RISE = 1.035
# The share of last year's people whom no system knows any more; those who left properly are still in payroll.
_FORGOTTEN = 0.015


def returns_a_year_ago(truth: Truth, seed: int | str) -> Iterator[tuple[str, Return]]:
    """Each school's return of the year before, with people who have left since."""
    before = YearShape(truth.shape.collection, truth.shape.year - 1)
    rng = Random(f"{seed}:{before.year}:last year")
    for ref, records_now in truth.about_schools.items():
        people = [_earlier(truth.shape, before, person) for person in truth.at(ref)]
        present = [person for person in people if any(job.school == ref for job in person.jobs)]
        leavers = [person for person in present if rng.random() < _FORGOTTEN and len(person.jobs) == 1]
        gone = [_somebody_gone(rng, person) for person in leavers]
        about = {
            table: [_kept(before, table, values) for values in records]
            for table, records in records_now.items()
            if before.collected[table]
        }
        yield ref, one_return(before, ref, present + gone, about)


def _earlier(now: YearShape, before: YearShape, person: Person) -> Person:
    """The person as returned a year ago: no job that began since, earlier pay, no absence known today."""
    earlier = person.copy()
    earlier.details = _kept(before, "members", _older_status(before, earlier.details))
    jobs = (job for job in earlier.jobs if job.contract["contract_start"] <= iso(before.census))
    earlier.jobs = [_earlier_job(now, before, job) for job in jobs]
    earlier.absences = [_moved_back(values) for values in earlier.absences if before.collected["absences"]]
    earlier.qualifications = [_kept(before, "qualifications", one) for one in earlier.qualifications]
    if earlier.jobs and earlier.category == 2:
        earlier.jobs = []
    return earlier


def _older_status(before: YearShape, details: Texts) -> Texts:
    if before.year <= 2017 and "qts" in details:
        details["qt_status"] = details["qts"]
    if before.year <= 2022:
        details["sex"] = {"F": "2", "M": "1"}.get(details["sex"], details["sex"])
    return details


def _earlier_job(now: YearShape, before: YearShape, job: Job) -> Job:
    ended = job.contract.get("contract_end", "")
    if job.contract["contract_type"] != "FXT" and ended:
        del job.contract["contract_end"]
    job.contract.pop("destination", None)
    job.contract.pop("leaving_reason", None)
    if "pay_review_date" in job.contract:
        job.contract["pay_review_date"] = _earlier_day(job.contract["pay_review_date"], 365)
    _older_post(before, job)
    job.contract = _kept(before, "contracts", job.contract)
    if job.payment:
        same_points = now.pay == before.pay
        job.payment["base_pay"] = pay_for(job, job.full_pay if same_points else round(job.full_pay / _RISE))
        job.payment = _kept(before, "payments", job.payment)
    job.additional = [one for one in job.additional if one["payment_type"] != "TL3"]
    return job


def _older_post(before: YearShape, job: Job) -> None:
    post = job.contract["post"]
    if post in {"TCM", "TCU"}:
        job.contract["post"] = before.teacher_post(job.payment.get("pay_range", "TE"))
    elif post == "SBP":
        job.contract["post"] = before.business_post
    elif post == "OSP":
        job.contract["post"] = before.support_post


def _somebody_gone(rng: Random, person: Person) -> Person:
    """Someone who held a job like this one and is known to no system today."""
    gone = person.copy()
    index = 500_000 + person.number
    gone.number = -person.number
    gone.details |= {
        "given_name": rng.choice(("Pat", "Chris", "Jo", "Sam", "Alex", "Robin")),
        "ni_number": ni_number(index),
    }
    if "teacher_number" in gone.details:
        gone.details["teacher_number"] = teacher_number(index)
    gone.details["birth_date"] = _earlier_day(gone.details["birth_date"], rng.randint(400, 2000))
    return gone


def _moved_back(values: Texts) -> Texts:
    """A spell of absence 52 weeks earlier, so that it falls on the same days of the week."""
    return values | {
        item: _earlier_day(values[item], 364) for item in ("first_day", "last_day") if item in values
    }


def _kept(before: YearShape, table: str, values: Texts) -> Texts:
    return {item: text for item, text in values.items() if item in before.collected[table]}


def _earlier_day(text: str, days: int) -> str:
    return iso(day_number(text) - days)
