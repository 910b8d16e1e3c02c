"""Invented pupils: who they are, what is asked of them, and how they belong to their school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from muster.engines.functions import uln_check_digit
from muster.sample._census_shape import PLACES, WITH_ULN, CensusShape
from muster.sample._child import _ETHNIC_UP_TO, _ETHNICITIES, _NAMED_IN_UPN, age_on
from muster.sample._identifiers import unique_pupil_number
from muster.sample._names import FAMILY_NAMES, MEN, WOMEN
from muster.sample._records import Record
from muster.sample._shape import iso

_LANGUAGES = (*("ENG",) * 17, "PNJ", "URD", "POL")
_SEATS = 2_500  # of a school, those of leavers among them
_STREETS = ("Mill Lane", "Church Road", "Station Road", "High Street", "Orchard Close")


@dataclass(frozen=True)
class Seat:
    """Where a pupil sits: phase of the school, its youngest year group, the pupil's own, and the number of the seat."""

    phase: str
    lowest: str
    year_group: str
    school: int
    number: int

    @property
    def place(self) -> int:
        """The place of the year group in order; Reception is 0."""
        return PLACES[self.year_group]


class Admissions:
    """Gives pupils of one authority names, numbers and birth dates that nobody else has.

    A pupil follows from seed, school year, school and seat: the censuses of one school year are of the same people.
    """

    def __init__(self, shape: CensusShape, authority: str, seed: int, *, first: int = 0) -> None:
        self.shape, self.authority, self.first = shape, authority, first
        self.seed = f"{seed}:{shape.school_year}:{authority}"
        self._named_in_upn = _NAMED_IN_UPN.get(authority, authority)
        self._taken: set[tuple[str, str, int]] = set()
        self._schools = 0

    def next_school(self) -> int:
        """The place of the next school, from 0."""
        self._schools += 1
        return self._schools - 1

    def pupil(self, seat: Seat) -> tuple[Record, Random]:
        """The pupil of a seat, without what a term brings, and the chance that goes with the pupil all year."""
        shape, rng = self.shape, Random(f"{self.seed}:{seat.school}:{seat.number}")
        index = seat.school * _SEATS + seat.number
        sex = "M" if rng.random() < 0.51 else "F"
        born, surname, forename = self._new_person(rng, seat, sex)
        entry = self._entry(rng, seat, born)
        values = {
            "on_roll": "true", "upn": self._upn(index, born), "surname": surname, "forename": forename, "sex": sex,
            "birth_date": iso(born), "enrolment": "C", "entry_date": iso(entry), "part_time": "false",
            "boarder": "N", "year_group": seat.year_group, "sen_provision": "N",
        }  # fmt: skip
        record = Record("pupils", values)
        if seat.phase in WITH_ULN and age_on(born, shape.day("census_day")) >= 14:
            values["uln"] = _uln(self.first + index)
        self._home(rng, record)
        self._characteristics(rng, values, seat=seat, born=born)
        self._early_years(rng, values, seat=seat, born=born)
        return record, rng

    def _new_person(self, rng: Random, seat: Seat, sex: str) -> tuple[int, str, str]:
        while True:
            born = self._birthday(rng, seat)
            surname = rng.choice(FAMILY_NAMES)
            forename = rng.choice(MEN if sex == "M" else WOMEN)
            if (surname, forename, born) not in self._taken:
                self._taken.add((surname, forename, born))
                return born, surname, forename

    def _birthday(self, rng: Random, seat: Seat) -> int:
        turned = self.shape.school_year - seat.place - 4
        return rng.randint(date(turned - 1, 9, 1).toordinal(), date(turned, 8, 31).toordinal())

    def _entry(self, rng: Random, seat: Seat, born: int) -> int:
        """The first days of September of the year in which the pupil came, or a day since."""
        years_here = seat.place - PLACES[seat.lowest]
        came = self.shape.school_year - rng.randint(0, years_here) if rng.random() < 0.1 else 0
        first = date(came or self.shape.school_year - years_here, 9, rng.randint(2, 5)).toordinal()
        return max(born, first)

    def _upn(self, index: int, born: int) -> str:
        started = min(date.fromordinal(born).year + 5, self.shape.school_year)
        return unique_pupil_number(self._named_in_upn, index, started)

    def _characteristics(self, rng: Random, values: dict[str, str], *, seat: Seat, born: int) -> None:
        shape = self.shape
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

    def _early_years(self, rng: Random, values: dict[str, str], *, seat: Seat, born: int) -> None:
        """Hours of a pupil in a nursery year."""
        shape = self.shape
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

    def _home(self, rng: Random, record: Record) -> None:
        code = f"ZZ99 {rng.randint(0, 9)}{rng.choice('ABDEFGHJ')}{rng.choice('LNPQRSTU')}"
        number, street = str(rng.randint(1, 120)), rng.choice(_STREETS)
        if rng.random() < 0.3:
            record.add("addresses", post_code=code, line_1=f"{number} {street}", line_2="Anytown")
        else:
            record.add("addresses", post_code=code, paon=number, street=street, town="Anytown")


def _uln(index: int) -> str:
    """A ULN of the last numbers there are, which nobody has been given; each index gives another."""
    for body in range(999_999_999 - 4 * index, 0, -1):
        if digit := uln_check_digit(f"{body}0"):
            return f"{body}{digit}"
    raise ValueError(f"there is no number left for {index}")
