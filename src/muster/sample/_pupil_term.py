"""What a term did to an invented pupil: meals, needs, attendance, exclusions, and learning after 16."""

from __future__ import annotations

from datetime import date
from random import Random

from muster.sample._census_shape import CensusShape
from muster.sample._child import age_on, weekday
from muster.sample._pupil import Seat
from muster.sample._records import Record
from muster.sample._shape import day_number, iso

# Sessions of the term that a return tells of, with holidays taken off.
_SESSIONS = {"spring": 140, "summer": 118, "autumn": 116}
_HALF_TERM, _WHOLE_YEAR = 60, 380
_REASONS = (("I", 0.8, 9), ("M", 0.35, 3), ("C", 0.1, 4), ("O", 0.15, 4), ("U", 0.08, 2), ("G", 0.06, 10))
_POST_16 = frozenset({"12", "13", "14"})


class TermTime:
    """Adds to pupils what the term collects of them."""

    def __init__(self, shape: CensusShape, rng: Random) -> None:
        self.shape, self.rng = shape, rng

    def add_to(self, pupil: Record, seat: Seat, own: Random) -> None:
        """Everything a pupil on roll returns this term; needs follow from the pupil's own chance and stay."""
        self._needs(pupil, seat, own)
        self._meals(pupil, seat)
        self._exclusion(pupil, seat)
        self._attendance(pupil, seat)
        if seat.year_group in _POST_16:
            self._support(pupil)
            self._learning(pupil)
        if self.shape.collects("disabilities"):
            pupil.add("disabilities", disability="NONE")
        if seat.phase == "PR":
            self._alternative_provision(pupil)

    def leave(self, pupil: Record, seat: Seat) -> bool:
        """Make the pupil one who left since the term before; whether somebody of that age is returned."""
        shape, values = self.shape, pupil.values
        entry, first = day_number(values["entry_date"]), shape.day("previous_term_from")
        age = age_on(day_number(values["birth_date"]), shape.day("age_day"))
        if (
            not shape.youngest_attending <= age <= 15
            or entry >= shape.day("attendance_from")
            or seat.phase == "NS"
        ):
            return False
        left = self.rng.randint(first + 20, shape.day("census_day") - 1)
        kept = (
            "upn",
            "uln",
            "surname",
            "forename",
            "sex",
            "birth_date",
            "enrolment",
            "entry_date",
            "boarder",
        )
        pupil.values = {name: values[name] for name in kept if name in values}
        pupil.values |= {"on_roll": "false", "leaving_date": iso(left)}
        pupil.within.clear()
        self._attendance(pupil, seat, until=left)
        return bool(pupil.within)

    # -- needs and meals --------------------------------------------------------------------------

    def _needs(self, pupil: Record, seat: Seat, rng: Random) -> None:
        shape = self.shape
        some, plan = self._provisions(seat.phase)
        share = rng.random()
        all_have = seat.phase in ("SP", "PR")
        if share < (1.0 if seat.phase == "SP" else 0.3 if all_have else 0.035):
            provision = plan
        elif share < (1.0 if all_have else 0.17):
            provision = rng.choice(some)
        else:
            return
        pupil.values["sen_provision"] = provision
        if provision == plan and shape.collects("pupils.top_up"):
            pupil.values["top_up"] = "true"
        if shape.collects("sen_needs") and provision != "A":
            types = shape.codes("sen_type", "SPLD", "MLD", "SLCN", "BESD", "SEMH", "ASD", "HI", "PD")
            for rank, need in enumerate(rng.sample(types, rng.choice((1, 1, 1, 2))), start=1):
                pupil.add("sen_needs", rank=str(rank), need=need)
        if shape.asked_of("pupils.sen_unit", seat.phase):
            unit = provision == plan and rng.random() < 0.1
            pupil.values |= {"sen_unit": str(unit).lower(), "resourced_provision": "false"}

    def _provisions(self, phase: str) -> tuple[tuple[str, ...], str]:
        """Provisions short of a plan, and the plan, by the words of the time."""
        new = "E" in self.shape.codes("sen_provision")
        support = ("K",) if new else ("A", "P")
        return (support if phase != "PR" else support[-1:]), "E" if new else "S"

    def _meals(self, pupil: Record, seat: Seat) -> None:
        if seat.number % 7 == 0:
            start = max(day_number(pupil.values["entry_date"]), self.shape.day("fsm_from") - 200)
            pupil.add("fsm_periods", start_date=iso(start), country="ENG")

    # -- attendance and exclusions ----------------------------------------------------------------

    def _attendance(self, pupil: Record, seat: Seat, *, until: int | None = None) -> None:
        shape, values = self.shape, pupil.values
        entry, last = day_number(values["entry_date"]), shape.day("attendance_to")
        age = age_on(day_number(values["birth_date"]), shape.day("age_day"))
        if not shape.youngest_attending <= age <= 15 or entry > last or seat.phase == "NS":
            return
        end = min(until or last, last)
        whole = last - shape.day("attendance_from")
        here = max(0.02, min(1.0, (end - max(entry, shape.day("attendance_from"))) / whole))
        for period, sessions in self._periods(seat.phase):
            self._record(pupil, period, max(2, round(sessions * here)))

    def _periods(self, phase: str) -> list[tuple[str, int]]:
        shape, found = self.shape, []
        special_by_year = phase == "SP" and shape.year < 2017
        if not special_by_year:
            found.append(("termly", _SESSIONS[shape.term]))
        if shape.term == "autumn":
            found.append(("summer", _HALF_TERM))
            if special_by_year:
                found.append(("annual", _WHOLE_YEAR))
        return found

    def _record(self, pupil: Record, period: str, possible: int) -> None:
        rng = self.rng
        record = pupil.add("attendance", period=period, possible=str(possible))
        suspended = self._suspended(pupil) if period == "termly" else 0
        left = max(possible // 3, min(suspended, possible))
        missed = [("E", suspended)] if suspended else []
        missed += [(reason, rng.randint(1, most)) for reason, share, most in _REASONS if rng.random() < share]
        for reason, sessions in missed:
            sessions = min(sessions, left)
            if sessions:
                record.add("absences", reason=reason, sessions=str(sessions))
                left -= sessions

    def _suspended(self, pupil: Record) -> int:
        """Sessions of exclusions that fall into the window of attendance."""
        window = range(self.shape.day("attendance_from"), self.shape.day("attendance_to") + 1)
        exclusions = pupil.all("exclusions")
        return sum(
            int(e.values["sessions"]) for e in exclusions if day_number(e.values["start_date"]) in window
        )

    def _exclusion(self, pupil: Record, seat: Seat) -> None:
        rng, shape = self.rng, self.shape
        often = {"SS": 0.03, "AT": 0.02, "PR": 0.15, "SP": 0.03, "MS": 0.02}.get(seat.phase, 0.003)
        entry = day_number(pupil.values["entry_date"])
        first, last = max(entry, shape.day("exclusions_from")) + 3, shape.day("exclusions_to")
        if seat.phase == "NS" or rng.random() >= often or first >= last:
            return
        values = {
            "category": shape.codes("exclusion_category", "SUSP", "FIXD")[0],
            "reason": rng.choice(shape.codes("exclusion_reason", "PP", "PA", "VP", "VA", "BU", "DM", "DB")),
            "start_date": iso(max(entry, weekday(rng.randint(first, last)))), "sessions": str(rng.randint(1, 10)),
            "sen_provision": pupil.values["sen_provision"], "year_group": seat.year_group,
        }  # fmt: skip
        if shape.collects("exclusions.in_care"):
            values["in_care"] = "false"
        pupil.add("exclusions", **values)

    # -- after 16 and alternative provision -------------------------------------------------------

    def _support(self, pupil: Record) -> None:
        if self.shape.collects("learner_support") and self.rng.random() < 0.2:
            pupil.add("learner_support", code=self.rng.choice(("55", "56")))

    def _learning(self, pupil: Record) -> None:
        shape, rng = self.shape, self.rng
        if not shape.collects("aims"):
            return
        technical = shape.collects("pupils.tlevel_qual_hours") and rng.random() < 0.08
        hours = ("tlevel_qual_hours", "tlevel_other_hours") if technical else ("qual_hours", "other_hours")
        pupil.values |= {hours[0]: "540", hours[1]: "60"}
        if shape.collects("pupils.maths_highest"):
            grade = "5" if "5" in shape.codes("prior_attainment") else "B"
            for subject in ("maths", "english"):
                pupil.values |= {
                    f"{subject}_highest": grade,
                    f"{subject}_year_group": "1",
                    f"{subject}_exemption": "N",
                }
        start, end = date(shape.school_year, 9, 3), date(shape.school_year + 1, 7, 20)
        around = pupil
        if shape.collects("programmes"):
            kind = "31" if technical else "01"
            around = pupil.add(
                "programmes",
                prog_type=kind,
                start_date=start.isoformat(),
                planned_end=end.isoformat(),
                status="1",
            )
        for number in range(1 if technical else 3):
            values = {
                "qan": f"9999{rng.randrange(10_000):04d}", "start_date": start.isoformat(),
                "planned_end": end.isoformat(), "status": "1",
            }  # fmt: skip
            if shape.collects("aims.core_aim"):
                values["core_aim"] = "true" if number == 0 else "false"
            around.add("aims", **values)

    def _alternative_provision(self, pupil: Record) -> None:
        if not self.shape.collects("placements"):
            return
        pupil.values |= {"previous_urn": "999999", "placement_reason": "BEH"}
        self.place(pupil, setting_type="OTH")

    def place(self, pupil: Record, **where: str) -> None:
        """Put a pupil into alternative provision, full-time."""
        entry = pupil.values["entry_date"]
        pupil.add("placements", **where, reason="BEH", entry_date=entry, pattern="F", sessions="10")
