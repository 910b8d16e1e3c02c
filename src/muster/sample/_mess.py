"""The mistakes real systems hold, at stated rates, each written down so that tests can look for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from muster.sample._identifiers import temporary_ni_number
from muster.sample._shape import day_number, iso
from muster.sample._sheets import Seen
from muster.sample._truth import Person, Texts

_SHORT_FORMS = {
    "Rebecca": "Becky", "Victoria": "Vicky", "Elizabeth": "Liz", "Susan": "Sue", "Deborah": "Debbie",
    "Christopher": "Chris", "Matthew": "Matt", "Michael": "Mike", "Robert": "Bob", "Benjamin": "Ben",
    "Samantha": "Sam", "Jennifer": "Jenny", "Katie": "Kate", "Andrew": "Andy", "Thomas": "Tom",
}  # fmt: skip


class Planted(NamedTuple):
    """One mistake: what it is, in which system, on whose record, and the text before and after."""

    defect: str
    source: str
    school: str
    person: int
    item: str
    was: str
    now: str


Damage = Callable[[Random, Person], tuple[str, str, str] | None]


@dataclass(frozen=True)
class Defect:
    """A kind of mistake, the system that makes it and how often, per person."""

    name: str
    source: str
    rate: float
    damage: Damage


def damage_people(rng: Random, source: str, seen: list[Seen]) -> list[Planted]:
    """Damage what one system knows, in place, and say what was done."""
    planted = []
    for defect in DEFECTS:
        if defect.source != source:
            continue
        for one in seen:
            done = rng.random() < defect.rate and defect.damage(rng, one.person)
            if done:
                planted.append(Planted(defect.name, source, one.ref, one.truth, *done))
    return planted


def _changed(values: Texts, item: str, now: str) -> tuple[str, str, str] | None:
    was = values.get(item, "")
    if was == now or (not was and not now):
        return None
    if now:
        values[item] = now
    else:
        del values[item]
    return item, was, now


def _set_detail(item: str, now: str) -> Damage:
    return lambda _rng, person: _changed(person.details, item, now)


def _replace_detail(item: str, now: str) -> Damage:
    """As ``_set_detail``, but only where something was held."""
    return lambda _rng, person: _changed(person.details, item, now) if item in person.details else None


def _set_contract(item: str, now: str) -> Damage:
    return lambda _rng, person: _changed(person.jobs[0].contract, item, now)


def _mistype_ni(rng: Random, person: Person) -> tuple[str, str, str] | None:
    """Two digits the wrong way round, as when read off a letter."""
    number = person.details.get("ni_number", "")
    if len(number) != 9:
        return None
    at = rng.randint(2, 6)
    return _changed(person.details, "ni_number", number[:at] + number[at + 1] + number[at] + number[at + 2 :])


def _misread_ni(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    """The letter O for a nought: no longer a National Insurance number at all."""
    number = person.details.get("ni_number", "")
    return _changed(person.details, "ni_number", number.replace("0", "O", 1))


def _temporary_ni(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    details = person.details
    return _changed(details, "ni_number", temporary_ni_number(details["birth_date"], details["sex"]))


def _former_name(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    if not person.former_names:
        return None
    return _changed(person.details, "family_name", person.former_names[0])


def _short_form(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    name = person.details["given_name"]
    return _changed(person.details, "given_name", _SHORT_FORMS.get(name, name))


def _untidy_name(rng: Random, person: Person) -> tuple[str, str, str] | None:
    name = person.details["family_name"]
    untidy = (name + " ", name.upper(), name.lower(), " " + name)
    return _changed(person.details, "family_name", rng.choice(untidy))


def _other_hours(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    hours = person.jobs[0].hours
    return _changed(hours, "hours_per_week", f"{max(2.5, float(hours['hours_per_week']) - 2.5):.2f}")


def _no_hours(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    return _changed(person.jobs[0].hours, "hours_per_week", "")


def _ends_before_start(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    contract = person.jobs[0].contract
    if "contract_end" not in contract:
        return None
    year = int(contract["contract_start"][:4])
    return _changed(contract, "contract_end", f"{year - 1}{contract['contract_start'][4:]}")


def _typed_day_first(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    """Day and month of birth the wrong way round, where both readings are dates."""
    year, month, day = person.details["birth_date"].split("-")
    return _changed(person.details, "birth_date", f"{year}-{day}-{month}") if int(day) <= 12 else None


def _one_year_younger(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    born = person.details["birth_date"]
    return _changed(person.details, "birth_date", f"{int(born[:4]) + 1}{born[4:].replace('02-29', '02-28')}")


def _no_days_lost(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    if not person.absences or "last_day" not in person.absences[0]:
        return None
    return _changed(person.absences[0], "working_days_lost", "")


def _overlapping_absence(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    if not person.absences:
        return None
    first = person.absences[0]
    if "last_day" not in first:
        return None
    person.absences.append(
        first | {"category": "OTH", "working_days_lost": "1.0", "last_day": first["first_day"]}
    )
    return "first_day", "", first["first_day"]


def _wrong_role(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    roles = person.jobs[0].roles
    was, roles[0] = roles[0], "TCHX"
    return "role", was, "TCHX"


def _dropped(table: str) -> Damage:
    def drop(_rng: Random, person: Person) -> tuple[str, str, str] | None:
        held = getattr(person, table)
        if not held:
            return None
        held.clear()
        return table, "held", ""

    return drop


def _hourly_pay(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    """A tenth of the pay: a digit left out."""
    payment = person.jobs[0].payment
    return _changed(payment, "base_pay", payment["base_pay"][1:]) if "base_pay" in payment else None


def _arrived_later(_rng: Random, person: Person) -> tuple[str, str, str] | None:
    contract = person.jobs[0].contract
    if "school_arrival_date" not in contract:
        return None
    return _changed(contract, "school_arrival_date", iso(day_number(contract["contract_start"]) + 31))


DEFECTS = (
    Defect("teacher number missing", "mis", 0.012, _set_detail("teacher_number", "")),
    Defect("teacher number a placeholder", "mis", 0.003, _replace_detail("teacher_number", "0000000")),
    Defect("NI number missing", "mis", 0.02, _set_detail("ni_number", "")),
    Defect("NI number mistyped", "mis", 0.006, _mistype_ni),
    Defect("NI number misread", "mis", 0.003, _misread_ni),
    Defect("NI number not known", "mis", 0.004, _replace_detail("ni_number", "N/K")),
    Defect("family name untidy", "mis", 0.02, _untidy_name),
    Defect("birth date a year out", "mis", 0.002, _one_year_younger),
    Defect("ethnicity missing", "mis", 0.03, _set_detail("ethnicity", "")),
    Defect("ethnicity suppressed", "mis", 0.004, _set_detail("ethnicity", "x")),
    Defect("ethnicity wrong", "mis", 0.002, _set_detail("ethnicity", "WBRT")),
    Defect("ethnicity in small letters", "mis", 0.006, _set_detail("ethnicity", "wbri")),
    Defect("disability missing", "mis", 0.01, _set_detail("disability", "")),
    Defect("role wrong", "mis", 0.002, _wrong_role),
    Defect("destination missing", "mis", 0.004, _set_contract("destination", "")),
    Defect("origin missing", "mis", 0.03, _set_contract("origin", "")),
    Defect("arrival after start", "mis", 0.004, _arrived_later),
    Defect("qualifications missing", "mis", 0.01, _dropped("qualifications")),
    Defect("hours differ", "mis", 0.012, _other_hours),
    Defect("NI number temporary", "payroll", 0.004, _temporary_ni),
    Defect("NI number missing", "payroll", 0.004, _set_detail("ni_number", "")),
    Defect("NI number mistyped", "payroll", 0.003, _mistype_ni),
    Defect("teacher number missing", "payroll", 0.15, _set_detail("teacher_number", "")),
    Defect("former name", "payroll", 0.35, _former_name),
    Defect("short given name", "payroll", 0.15, _short_form),
    Defect("birth date a placeholder", "payroll", 0.002, _set_detail("birth_date", "1900-01-01")),
    Defect("birth date day first", "payroll", 0.004, _typed_day_first),
    Defect("hours missing", "payroll", 0.003, _no_hours),
    Defect("contract type wrong", "payroll", 0.001, _set_contract("contract_type", "ZZZ")),
    Defect("contract ends before it starts", "payroll", 0.02, _ends_before_start),
    Defect("days lost missing", "payroll", 0.008, _no_days_lost),
    Defect("absences overlap", "payroll", 0.004, _overlapping_absence),
    Defect("pay a digit short", "payroll", 0.002, _hourly_pay),
)
