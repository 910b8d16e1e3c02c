"""Invented schools in a census: who sits where, and what the school says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from muster.model.authority import School
from muster.sample._census_shape import PHASES, PLACES, WITH_CLASSES, CensusShape
from muster.sample._pupil import Admissions, Seat
from muster.sample._pupil_term import TermTime
from muster.sample._records import Record, Values
from muster.sample._shape import iso

_PHASE = {
    "Nursery": "NS",
    "Primary": "PS",
    "Secondary": "SS",
    "All-through": "AT",
    "Special": "SP",
    "PRU": "PR",
}
_TYPE = {"NS": "50", "PS": "18", "MP": "05", "MS": "07", "SS": "22", "AT": "55", "SP": "52", "PR": "54"}
_YEARS = {
    "Infant School": ("R", "1", "2"),
    "Junior School": ("3", "4", "5", "6"),
}
_LEAVERS, _FIRST_LEAVER = 0.015, 1_250
_CLASS, _NURSERY_CLASS = 30, 26
_KEY_STAGES = (("F", 0), ("1", 2), ("2", 6), ("3", 9), ("4", 11), ("5", 14))


@dataclass(frozen=True)
class CensusSchool:
    """One school: its number and name, its phase, its year groups and about how many pupils each has."""

    ref: str
    name: str
    phase: str
    years: tuple[str, ...]
    size: float = 1.0
    academy: bool = False

    @classmethod
    def of(cls, school: School, size: float) -> CensusSchool:
        """A school of an authority's register as the census sees it."""
        phase = _PHASE[school.phase]
        years = next(
            (years for word, years in _YEARS.items() if school.name.endswith(word)), PHASES[phase][0]
        )
        return cls(school.ref, school.name, phase, years, size, school.academy)


class SchoolCensus:
    """Invents the return of one school in one term."""

    def __init__(self, shape: CensusShape, school: CensusSchool, admissions: Admissions, rng: Random) -> None:
        self.shape, self.school, self.admissions, self.rng = shape, school, admissions, rng
        self.term_time = TermTime(shape, rng)

    def pupils(self) -> Iterator[tuple[Seat, Record]]:
        """The pupils of the school, on roll and then those who left, each with everything that lies within."""
        arranged, left = False, []
        place = self.admissions.next_school()
        for seat in self._seats(place):
            pupil, own = self.admissions.pupil(seat)
            self.term_time.add_to(pupil, seat, own)
            if not arranged and self.shape.collects("placements") and seat.phase not in ("NS", "PR"):
                self.term_time.place(pupil, urn="999998")
                arranged = True
            yield seat, pupil
            if self.rng.random() < _LEAVERS:
                left.append(replace(seat, number=seat.number + _FIRST_LEAVER))
        for seat in left:
            yield from self._leaver(seat)

    def _leaver(self, seat: Seat) -> Iterator[tuple[Seat, Record]]:
        leaver, _ = self.admissions.pupil(seat)
        if self.term_time.leave(leaver, seat):
            if self.shape.asked_of("pupils.year_left", seat.phase):
                leaver.values["year_left"] = seat.year_group
            yield seat, leaver

    def _seats(self, place: int) -> Iterator[Seat]:
        """The seats of the school, the same all through a school year."""
        rng = Random(f"{self.admissions.seed}:{self.school.ref}")
        usual, number = PHASES[self.school.phase][1], 0
        for year in self.school.years:
            for _ in range(max(4, round(usual * self.school.size * rng.uniform(0.9, 1.1)))):
                number += 1
                yield Seat(self.school.phase, self.school.years[0], year, place, number)

    def header(self, on_roll: list[Seat], part_time: int, meals: int) -> Values:
        """The row of the return, told from its pupils on roll."""
        shape, school = self.shape, self.school
        lea, _, estab = school.ref.partition("/")
        day = shape.day("census_day")
        values = {
            "collection": shape.collection.message_name, "term": shape.collection.terms[shape.term],
            "year": str(shape.year), "reference_date": iso(day), "source_level": "S", "lea": lea, "estab": estab,
            "software_code": "Invented", "release": "1", "serial_no": "001", "written_at": f"{iso(day + 1)}T16:30:00",
            "school_name": school.name, "phase": school.phase, "school_type": _TYPE[school.phase],
            "intake": "SPEC" if school.phase == "SP" else "COMP", "governance": "CA" if school.academy else "CO",
            "year_highest": school.years[-1], "year_lowest": school.years[0], "phone": "01632 960001",
            "email": "office@example.org",
        }  # fmt: skip
        spring = dict(self._spring(on_roll, part_time, meals))
        return values | {k: v for k, v in spring.items() if shape.asked_of(f"returns.{k}", school.phase)}

    def _spring(self, on_roll: list[Seat], part_time: int, meals: int) -> Iterator[tuple[str, str]]:
        """What a school says in spring; what is not asked of its phase is left out later."""
        last = self.school.ref[-1]
        yield "selected_period", "PM1" if last in "236" else "AM1" if last in "4789" else "AM2"
        lodged = self.rng.randint(0, 8)
        withdrawn, upheld = lodged // 3, lodged // 4
        for kind, part in (("primary", 1), ("secondary", 1), ("infant", 2)):
            heard = (lodged - withdrawn) // part
            yield f"{kind}_lodged", str(lodged // part)
            yield f"{kind}_withdrawn", str(lodged // part - heard)
            yield f"{kind}_heard", str(heard)
            yield f"{kind}_upheld", str(min(heard, upheld // part))
            yield f"{kind}_rejected", str(heard - min(heard, upheld // part))
        studying = self._studying(on_roll)
        yield from (("part_time_not_in", str(part_time)), ("private_study", str(studying)))
        yield from ((name, "0") for name in ("at_other_school", "work_experience", "fe_college"))
        yield "free_meals_taken", str(meals * 9 // 10)
        yield from (
            ("most_day_pupils", str(len(on_roll))),
            ("most_boarders", "0"),
            ("teen_mother_places", "0"),
        )
        for who in ("boy", "girl"):
            yield f"{who}_lowest_age", str(PLACES[self.school.years[0]] + 4)
            yield f"{who}_highest_age", str(PLACES[self.school.years[-1]] + 5)

    def _studying(self, on_roll: list[Seat]) -> int:
        return sum(seat.place > 11 for seat in on_roll) // 5

    def classes(self, on_roll: list[Seat], part_time: int) -> Iterator[Values]:
        """The classes at the selected time, where the phase returns them."""
        if self.school.phase not in WITH_CLASSES or not self.shape.collects("classes"):
            return
        away = {"12": self._studying(on_roll)}
        for year in self.school.years:
            here = sum(seat.year_group == year for seat in on_roll) - away.pop(year, 0)
            here -= part_time if PLACES[year] < 0 else 0
            yield from self._classes_of(year, here)

    def _classes_of(self, year: str, pupils: int) -> Iterator[Values]:
        nursery = PLACES[year] < 0
        most = _NURSERY_CLASS if nursery else _CLASS
        stage = next(name for name, last in _KEY_STAGES if PLACES[year] <= last)
        for number, first in enumerate(range(0, pupils, most)):
            values = {
                "class_name": f"{year}{'ABCDEFGHIJ'[number % 10]}", "class_type": "N" if nursery else "O",
                "key_stage": stage, "year_group": year, "activity": "O", "teachers": "1", "non_teachers": "1",
                "home_pupils": str(min(most, pupils - first)), "guest_pupils": "0",
            }  # fmt: skip
            yield {
                name: text
                for name, text in values.items()
                if self.shape.asked_of(f"classes.{name}", self.school.phase)
            }

    def childcare(self) -> Iterator[Values]:
        """What care the school gives, where it is asked."""
        if not self.shape.collects("childcare") or self.school.phase == "PR":
            return
        for kind, opens, closes in (("before", "07:45", "08:45"), ("after", "15:15", "17:30")):
            yield {"kind": kind, "provided": "true", "opens": opens, "closes": closes}
        yield {"kind": "under5", "provided": "false"}
        yield {"kind": "holiday", "provided": "false"}
