"""Contracts, hours, pay and payments of invented people."""

from __future__ import annotations

from datetime import date
from random import Random

from muster.sample._kinds import AGENCY, Kind
from muster.sample._pay import point_name
from muster.sample._shape import YearShape, day_number, iso
from muster.sample._truth import Job, Texts

_DESTINATIONS = ("LEAPRM", "LEASEC", "OTHPRM", "OTHSEC", "OTHSCH", "INDEPN", "FHEHUK", "OTHERE", "NTKNWN")
_ORIGINS = ("1STIMM", "1STIMM", "TCHLEA", "TCHLEA", "TCHLEA", "1STAFT", "TCHIND", "FAMBRK", "OTHERR")
_ASSISTANT_ORIGINS = ("OTHEDU", "EMPPUB", "EMPOTH", "UNEMPL", "FAMBRK", "OTHERR")
_PART_TIME = (0.4, 0.5, 0.6, 0.6, 0.8, 0.8)
_OTHER_MONTHS = (1, 1, 2, 4, 4, 5, 6, 10)
_TERM_WEEKS = 39
_TEACHER_HOURS, _SUPPORT_HOURS = 32.5, 37.0


def make_job(rng: Random, shape: YearShape, *, kind: Kind, school: str, age: int, area: str = "EW") -> Job:
    """One open contract for a job of this kind, held by someone of this age."""
    start = _start(rng, shape, age)
    central = "/" not in school
    contract: Texts = {
        "contract_type": _contract_type(rng, kind),
        "contract_start": iso(start),
        "la_school_level": "L" if central else "S",
    }
    if contract["contract_type"] == "FXT":
        contract["contract_end"] = iso(shape.census + rng.randint(40, 290))
    if kind.category <= 3 and not central:
        contract["school_arrival_date"] = iso(_arrival(rng, start))
    if kind.category in {1, 3}:
        contract["origin"] = rng.choice(_ORIGINS if kind.teaches else _ASSISTANT_ORIGINS)
    job = Job(school, contract, [kind.role], _hours(rng, kind))
    _settle_post_and_pay(rng, shape, job, kind=kind, area=area)
    return job


def make_agency_job(rng: Random, shape: YearShape, *, school: str) -> Job:
    """A teacher supplied by an agency and paid by the day: in the school's system, on no payroll."""
    start = shape.census - rng.randint(35, 330)
    contract = {
        "contract_type": "SAG",
        "contract_start": iso(start),
        "post": shape.teacher_post("TE"),
        "school_arrival_date": iso(start),
        "daily_rate": "Y",
        "la_school_level": "S",
    }
    return Job(school, contract, [AGENCY.role], hours_of(_TEACHER_HOURS, _TEACHER_HOURS, 39))


def hours_of(per_week: float, full_time: float, weeks: int) -> Texts:
    """The three hours items in their official form."""
    week, full = f"{per_week:.2f}", f"{full_time:.2f}"
    return {"hours_per_week": week, "fte_hours": full, "weeks_per_year": str(weeks)}


def end_job(rng: Random, shape: YearShape, job: Job, *, teaches: bool) -> None:
    """Let the holder leave some time between last September and census day, to 2011 the end of August."""
    begun = day_number(job.contract["contract_start"])
    earliest = max(shape.window_from, begun + 30)
    latest = shape.census - 1 if shape.year >= 2012 else shape.absence_to
    if earliest > latest:
        return
    job.contract["contract_end"] = iso(rng.randint(earliest, latest))
    if teaches or job.contract["post"] == "TAS":
        job.contract["destination"] = rng.choice(_DESTINATIONS)


def pay_for(job: Job, year_pay: int | float) -> str:
    """The actual yearly pay for the hours and weeks of a job; term-time staff are paid for 44.6 weeks."""
    share = float(job.hours["hours_per_week"]) / float(job.hours["fte_hours"])
    weeks = int(job.hours["weeks_per_year"])
    paid = 1.0 if weeks >= 52 else (weeks + 5.6) / 52
    return f"{year_pay * share * paid:.2f}"


def _start(rng: Random, shape: YearShape, age: int) -> int:
    """Most begin on 1 September; few have served long; nobody began before 19."""
    served = min(int(rng.expovariate(1 / 6.5)), age - 19, 28)
    if served <= 0 and rng.random() < 0.6:
        return shape.census - rng.randint(40, 200)
    september = shape.absence_to + 1 - int(served * 365.25)
    year = date.fromordinal(september + 20).year
    day, month = (1, 9) if rng.random() < 0.72 else (rng.randint(1, 28), rng.choice(_OTHER_MONTHS))
    return min(date(year, month, day).toordinal(), shape.census - 36)


def _arrival(rng: Random, start: int) -> int:
    return start if rng.random() < 0.8 else start - rng.randint(1, 5) * 365


def _contract_type(rng: Random, kind: Kind) -> str:
    share = rng.random()
    if kind.pay == "LD" or share < 0.86:
        return "PRM"
    return "FXT" if share < 0.95 else "TMP"


def _hours(rng: Random, kind: Kind) -> Texts:
    if kind.teaches:
        share = rng.choice(_PART_TIME) if rng.random() < kind.part_time else 1.0
        return hours_of(_TEACHER_HOURS * share, _TEACHER_HOURS, 52)
    part_time = rng.random() < kind.part_time
    weeks = _TERM_WEEKS if rng.random() < kind.term_time else 52
    return hours_of(rng.choice(kind.hours) if part_time else _SUPPORT_HOURS, _SUPPORT_HOURS, weeks)


def _settle_post_and_pay(rng: Random, shape: YearShape, job: Job, *, kind: Kind, area: str) -> None:
    pay_range = kind.pay
    if pay_range == "LP" and shape.year <= 2013:
        pay_range = "TU"
    if pay_range == "TE" and rng.random() < 0.42:
        pay_range = "TU"
    job.contract["post"] = _post(shape, kind, pay_range)
    if not kind.teaches:
        job.full_pay = round(rng.randint(*kind.wage) * shape.support_wages)
        job.payment = {"pay_range": "OT", "base_pay": pay_for(job, job.full_pay)}
        return
    _pay_on_a_range(rng, shape, job, pay_range=pay_range, area=area)
    if shape.has("contracts", "pay_review_date"):
        reviewed = shape.absence_to + 1 - (365 if rng.random() < 0.3 else 0)
        job.contract["pay_review_date"] = iso(reviewed)
    _add_payments(rng, shape, job, kind)


def _post(shape: YearShape, kind: Kind, pay_range: str) -> str:
    if kind.post == "business":
        return shape.business_post
    if kind.post == "LDP" and pay_range != "LP":
        return shape.teacher_post(pay_range)
    return kind.post or (shape.teacher_post(pay_range) if kind.teaches else shape.support_post)


def _pay_on_a_range(rng: Random, shape: YearShape, job: Job, *, pay_range: str, area: str) -> None:
    step = int(rng.random() * {"LD": 8, "LP": 12}.get(pay_range, shape.pay.steps(pay_range)))
    if pay_range == "LD":
        step += {"HDT": 13, "DHT": 6}.get(job.contract["post"], 1)
    job.point = point_name(pay_range, step)
    job.full_pay = shape.pay.pay(pay_range, step, area)
    payment = job.payment = {"pay_range": pay_range, "base_pay": pay_for(job, job.full_pay)}
    if shape.has("payments", "regional_spine"):
        payment["regional_spine"] = area
    if shape.year <= 2013 or (shape.year == 2014 and pay_range == "LD"):
        payment["spine_point"] = job.point
    if pay_range == "LD" and shape.has("payments", "pay_range_minimum"):
        payment["pay_range_minimum"] = f"{shape.pay.pay('LD', max(0, step - 3), area):.2f}"
        payment["pay_range_maximum"] = f"{shape.pay.pay('LD', step + 3, area):.2f}"
        payment["pay_framework"] = "2014"
    payment["safeguarded_salary"] = "true" if rng.random() < 0.01 else "false"


def _add_payments(rng: Random, shape: YearShape, job: Job, kind: Kind) -> None:
    responsible = kind.role == "HDPT" or (kind.role == "SENC" and rng.random() < 0.5)
    if responsible or (kind.pay == "TE" and rng.random() < 0.12):
        code = "TLE" if shape.year >= 2015 else rng.choice(("TL1", "TL2"))
        job.additional.append({"payment_type": code, "payment_amount": f"{rng.randint(34, 90) * 100:.2f}"})
    if kind.role == "SENC" and rng.random() < 0.6:
        job.additional.append({"payment_type": "SEN", "payment_amount": "2679.00"})
    if shape.year >= 2015 and rng.random() < 0.015:
        payment = {"payment_type": "TL3", "payment_amount": f"{rng.randint(7, 30) * 100:.2f}"}
        payment |= {"pay_start": iso(shape.absence_to + 1), "pay_end": iso(shape.absence_to + 323)}
        job.additional.append(payment)
