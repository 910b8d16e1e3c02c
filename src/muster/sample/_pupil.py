"""Invented pupils: who they are, what is asked of them, and how they belong to their school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from random import Random

from muster.engines.functions import uln_check_digit
from muster.sample._census_shape import PLACES, WITH_ULN, CensusShape
from muster.sample._child import _ETHNIC_UP_TO, _ETHNICITIES, _NAMED_IN_UPN, age_on
from muster.sample._identifiers import unique_pupil_number
from muster.sample._names import FAMILY_NAMES, MEN, WOMEN
from muster.sample._records import Record
from muster.sample._shape import iso

_LANGUAGES = (*("ENG",) * 17, "PNJ", "URD", "POL")
_STREETS = ("Mill Lane", "Church Road", "Station Road", "High Street", "Orchard Close")


@dataclass(frozen=True)
class Seat:
    """Where a pupil sits: phase of the school, its youngest year group, and the pupil's own."""

    phase: str
    lowest: str
    year_group: str
    number: int

    @property
    def place(self) -> int:
        """The place of the year group in order; Reception is 0."""
        return PLACES[self.year_group]


class Admissions:
    """Gives pupils of one authority names, numbers and birth dates that nobody else has."""

    def __init__(self, shape: CensusShape, authority: str, rng: Random, *, first: int = 0) -> None:
        self.shape, self.authority, self.rng = shape, authority, rng
        self._named_in_upn = _NAMED_IN_UPN.get(authority, authority)
        self._numbers, self._ulns = count(), count(first + 1)
        self._taken: set[tuple[str, str, int]] = set()

    def pupil(self, seat: Seat) -> Record:
        """The next pupil, with everything about the person and nothing about the term."""
        rng, shape = self.rng, self.shape
        sex = "M" if rng.random() < 0.51 else "F"
        born, surname, forename = self._new_person(seat, sex)
        entry = self._entry(seat, born)
        values = {
            "on_roll": "true", "upn": self._upn(born), "surname": surname, "forename": forename, "sex": sex,
            "birth_date": iso(born), "enrolment": "C", "entry_date": iso(entry), "part_time": "false",
            "boarder": "N", "year_group": seat.year_group, "sen_provision": "N",
        }  # fmt: skip
        record = Record("pupils", values)
        if seat.phase in WITH_ULN and age_on(born, shape.day("census_day")) >= 14:
            values["uln"] = self._uln()
        self._characteristics(values, seat, born)
        self._early_years(values, seat, born)
        self._home(record)
        return record

    def _new_person(self, seat: Seat, sex: str) -> tuple[int, str, str]:
        while True:
            born = self._birthday(seat)
            surname = self.rng.choice(FAMILY_NAMES)
            forename = self.rng.choice(MEN if sex == "M" else WOMEN)
            if (surname, forename, born) not in self._taken:
                self._taken.add((surname, forename, born))
                return born, surname, forename

    def _birthday(self, seat: Seat) -> int:
        turned = self.shape.school_year - seat.place - 4
        return self.rng.randint(date(turned - 1, 9, 1).toordinal(), date(turned, 8, 31).toordinal())

    def _entry(self, seat: Seat, born: int) -> int:
        """The first days of September of the year in which the pupil came, or a day since."""
        years_here = seat.place - PLACES[seat.lowest]
        came = self.shape.school_year - self.rng.randint(0, years_here) if self.rng.random() < 0.1 else 0
        first = date(came or self.shape.school_year - years_here, 9, self.rng.randint(2, 5)).toordinal()
        return max(born, first)

    def _upn(self, born: int) -> str:
        started = min(date.fromordinal(born).year + 5, self.shape.school_year)
        return unique_pupil_number(self._named_in_upn, next(self._numbers), started)

    def _uln(self) -> str:
        """A ULN of the last numbers there are, which nobody has been given."""
        while True:
            body = f"9{99_999_999 - next(self._ulns):08d}"
            if digit := uln_check_digit(f"{body}0"):
                return body + digit

    def _characteristics(self, values: dict[str, str], seat: Seat, born: int) -> None:
        rng, shape = self.rng, self.shape
        usual = {
            "ethnicity": rng.choices(_ETHNICITIES, cum_weights=_ETHNIC_UP_TO)[0],
            "ethnicity_source": "P",
            "language": rng.choice(_LANGUAGES),
            "english_proficiency": "E",
            "country_of_birth": "GBR",
            "nationality": "GBR",
            "service_child": "Y" if rng.random() < 0.01 else "N",
            "top_up": "false",
            "plaa": "A" if rng.random() < 0.004 else "N",
        }
        if age_on(born, shape.day("age_day")) >= 12:
            usual["youth_support"] = rng.choice(("YES", "YES", "NO", "UNS"))
        if seat.year_group in ("R", "1", "2"):
            usual["lunch_taken"] = "false" if seat.number % 8 == 0 else "true"
        if seat.place <= 0:
            usual["class_type"] = "N" if seat.place < 0 else "O"
        given = {name: text for name, text in usual.items() if shape.asked_of(f"pupils.{name}", seat.phase)}
        if seat.phase == "NS":
            given.pop("ethnicity", None)
            given.pop("ethnicity_source", None)
        values.update(given)

    def _early_years(self, values: dict[str, str], seat: Seat, born: int) -> None:
        """Hours of a pupil in a nursery year."""
        shape, rng = self.shape, self.rng
        if seat.place >= 0:
            return
        if rng.random() < 0.5:
            values["part_time"] = "true"
        values |= {"funded_hours": "15", "hours_at_setting": "15"}
        in_window = any(
            shape.day(f"{kind}_from") <= born <= shape.day(f"{kind}_to") for kind in ("threes", "fours")
        )
        if in_window and shape.collects("pupils.extended_hours") and rng.random() < 0.4:
            values |= {
                "extended_hours": "12.5", "hours_at_setting": "27.5",
                "thirty_hour_code": f"500{rng.randrange(100_000_000):08d}",
            }  # fmt: skip

    def _home(self, record: Record) -> None:
        rng = self.rng
        code = f"ZZ99 {rng.randint(0, 9)}{rng.choice('ABDEFGHJ')}{rng.choice('LNPQRSTU')}"
        number, street = str(rng.randint(1, 120)), rng.choice(_STREETS)
        if rng.random() < 0.3:
            record.add("addresses", post_code=code, line_1=f"{number} {street}", line_2="Anytown")
        else:
            record.add("addresses", post_code=code, paon=number, street=street, town="Anytown")
