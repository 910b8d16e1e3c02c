"""What the return of one year holds of a child's history of care."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random

from muster.sample._care import Path, Stay, as_returned
from muster.sample._child import Child, YearOfReturn, age_on, birthday, sex_code
from muster.sample._records import Record
from muster.sample._shape import iso

_FIRST_ASKED_OF_PERMANENCE = date(2016, 4, 1).toordinal()
_FIRST_YEAR_OF_SOCIAL_WORKERS = 2024
_SHARES = ("PN1", "PN1", "PN1", "PN2", "PN3", "PN5", "PN6", "PN6", "PN7")
_CHANGES = ("TSPROC", "TSPROC", "LEFTRL", "LEFTRL", "ORGRST", "MANAGE", "ABSENC", "CHCHAN", "OTHERS")
_COUPLES = (("2", "MF", "L11"), ("2", "MF", "L11"), ("2", "MF", "L3"), ("2", "FF", "L12"), ("2", "MM", "L12"),
            ("1", "F1", "L0"), ("1", "M1", "L0"))  # fmt: skip
_LIVES = (("YES", "F2", "U1"), ("YES", "F2", "D1"), ("YES", "F4", "B1"), ("YES", "P1", "U1"), ("YES", "F5", "E1"),
          ("YES", "G5", "D1"), ("YES", "G5", "B1"), ("YES", "G4", "U1"), ("NO", "0", "0"), ("REFU", "G5", "Y1"),
          ("YES", "G6", "U1"))  # fmt: skip


class LookedAfterYear(YearOfReturn):
    """The collection year of looked-after children."""

    @cached_property
    def of_school_age(self) -> int:
        """The day on which children of school age were four."""
        return date(self.year - 2, 8, 31).toordinal()

    def header(self, authority: str) -> dict[str, str]:
        """The row of the return of an authority."""
        return {"year": str(self.year), "lea": authority}


@dataclass(frozen=True)
class SocialWork:
    """One social worker's time with a child."""

    worker: str
    began: int
    ended: int | None
    reason: str


@dataclass
class History:
    """All there is to know of one child: episodes, need, home, social workers, and her own child, if she has one."""

    child: Child
    stays: list[Stay]
    need: str
    home: str
    path: Path
    workers: list[SocialWork] = field(default_factory=list)
    mother_on: int | None = None

    @property
    def began(self) -> int:
        """The first day of care."""
        return self.stays[0].decom

    @property
    def ended(self) -> int | None:
        """The last day of care, or None where it goes on."""
        return self.stays[-1].dec

    @property
    def decided(self) -> int:
        """The day it was decided that the child should be adopted, on the path of adoption."""
        granted = next((stay.decom for stay in self.stays if stay.ls == "E1"), self.began + 300)
        return granted - 20

    def invent_lives(self, rng: Random, *, mothers: bool) -> None:
        """Give the child social workers, and, if wanted, some young women a child of their own."""
        day, reason, last = self.began, "FCONTA", self.ended or self.stays[-1].decom + 4000
        while day < last:
            until = day + 40 + int(rng.expovariate(1 / 500))
            until = last if until > last - 30 else until
            worker = f"SW{rng.randrange(10**10):010d}"
            self.workers.append(
                SocialWork(worker, day, until if until < last or self.ended else None, reason)
            )
            day, reason = until, rng.choice(_CHANGES)
        grown = birthday(self.child.born, 16)
        if mothers and self.child.sex == "F" and rng.random() < 0.03 and grown < last:
            self.mother_on = grown + rng.randint(0, 500)


class YearOfCare:
    """Writes the records of one child for one year; for the year before, only those that are compared."""

    def __init__(self, rng: Random, history: History, when: LookedAfterYear, *, last: bool = False) -> None:
        self.rng, self.history, self.when, self.last = rng, history, when, last
        self.child, self.dob = history.child, iso(history.child.born)
        self.sex = sex_code(self.child.sex, when.year)
        self.stays = as_returned(history.stays, when.start, when.end)
        self.until = min(history.ended or when.end, when.end)

    def write(self, record: Record) -> None:
        """Write what the year's return holds of the child; nothing where it is not in it."""
        if self.stays:
            self._header(record)
            self._episodes(record)
            self._compared(record)
            if not self.last:
                self._of_this_year(record)
        elif not self.last and self.history.ended:
            self._header(record)
            self._care_leaver(record)

    def _add(self, record: Record, table: str, **values: str) -> Record:
        given = {item: text for item, text in values.items() if text}
        return record.add(f"{table}_last" if self.last else table, **given)

    def _header(self, record: Record) -> None:
        child, school_age = self.child, age_on(self.child.born, self.when.of_school_age) >= 4
        mother = self._mother() if child.sex == "F" and self.stays else ""
        self._add(
            record, "header", child=child.number, sex=self.sex, dob=self.dob, ethnic=child.ethnicity,
            upn=child.upn if school_age else "UN1", mother=mother,
            mc_dob=iso(self.history.mother_on or 1) if mother == "1" else "",
            uasc="1" if self.history.path == "asylum" else "0",
        )  # fmt: skip

    def _mother(self) -> str:
        day = self.history.mother_on
        return "1" if day is not None and day <= self.until else "0"

    def _episodes(self, record: Record) -> None:
        home = "" if self.history.path == "asylum" else self.history.home
        for stay in self.stays:
            self._add(
                record, "episodes", decom=iso(stay.decom), rne=stay.rne, ls=stay.ls, cin=self.history.need,
                place=stay.place, place_provider=stay.provider, dec=iso(stay.dec) if stay.dec else "",
                rec=stay.rec, reason_place_change=stay.reason, home_post=home, pl_post=stay.pl_post, urn=stay.urn,
            )  # fmt: skip

    def _compared(self, record: Record) -> None:
        """What is compared between years."""
        if self.history.path == "asylum":
            adult = birthday(self.child.born, 18)
            ceased = iso(adult) if self.when.start <= adult <= self.until else ""
            self._add(record, "uasc", sex=self.sex, dob=self.dob, duc=ceased)
        if self.history.path == "adoption" and self.history.decided <= self.until:
            self._add(record, "placed_adoption", dob=self.dob, date_placed=iso(self.history.decided))
        if self.rng.random() < (0.15 if age_on(self.child.born, self.until) >= 12 else 0.01):
            self._missing(record)
        if self.when.year >= _FIRST_YEAR_OF_SOCIAL_WORKERS:
            self._social_workers(record)

    def _missing(self, record: Record) -> None:
        stay = self.rng.choice(self.stays)
        first = max(stay.decom, self.when.start) + 2
        last = min(stay.dec or self.until, self.until) - 8
        while first < last:
            began = first + int(self.rng.expovariate(1 / 25))
            ended = began + self.rng.randint(1, 4)
            if ended > last:
                return
            kind = self.rng.choice("MMA")
            self._add(record, "missing", dob=self.dob, missing=kind, mis_start=iso(began), mis_end=iso(ended))
            first = ended + 3

    def _social_workers(self, record: Record) -> None:
        for one in self.history.workers:
            if one.began > self.when.end or (one.ended is not None and one.ended < self.when.start):
                continue
            ended = one.ended if one.ended is not None and one.ended <= self._social_work_until else None
            self._add(record, "sw_episodes", dob=self.dob, sw_id=one.worker, sw_decom=iso(one.began),
                      sw_dec=iso(ended) if ended else "", sw_reason=one.reason)  # fmt: skip

    @property
    def _social_work_until(self) -> int:
        """The last day on which social work may end; the first year took the end of care itself for a gap."""
        first = self.when.year == _FIRST_YEAR_OF_SOCIAL_WORKERS
        return self.until - 1 if first and self.history.ended == self.until else self.when.end

    # -- what only this year's return holds --------------------------------------------------------

    def _of_this_year(self, record: Record) -> None:
        self._reviews(record)
        if self.history.began <= self.when.start and self.until == self.when.end:
            self._outcomes(record)
        if self.stays[-1].rec in ("E11", "E12"):
            self._adoption(record)
        if any(stay.decom >= _FIRST_ASKED_OF_PERMANENCE for stay in self.stays):
            self._permanence(record)

    def _reviews(self, record: Record) -> None:
        day = self.history.began + 19
        for gap in (85, *[178] * 60):
            if self.when.start <= day <= self.until:
                code = "PN0" if age_on(self.child.born, day) < 4 else self.rng.choice(_SHARES)
                self._add(record, "reviews", dob=self.dob, review=iso(day), review_code=code)
            day += gap - self.rng.randint(0, 12)
            if day > self.until:
                return

    def _outcomes(self, record: Record) -> None:
        """Health and conduct of a child who was looked after all year."""
        rng = self.rng
        before, after = age_on(self.child.born, self.when.start), age_on(self.child.born, self.when.end)
        values = {item: self._yes(0.9) for item in ("immunisations", "teeth_check", "health_assessment")}
        if after < 5:
            values["health_check"] = self._yes(0.9)
        if after >= 10:
            values["convicted"] = self._yes(0.03)
        values["substance_misuse"] = self._yes(0.03)
        if values["substance_misuse"] == "1":
            values["intervention_received"] = self._yes(0.5)
            if values["intervention_received"] == "0":
                values["intervention_offered"] = self._yes(0.7)
        if before >= 4 and after < 17:
            score = rng.random() < 0.78
            values |= {"sdq_score": str(min(40, int(rng.triangular(0, 41, 12))))} if score else {
                "sdq_reason": rng.choice(("SDQ2", "SDQ3", "SDQ4", "SDQ5"))
            }  # fmt: skip
        elif after >= 4 and age_on(self.child.born, self.when.start - 1) < 17:
            values["sdq_reason"] = "SDQ1"
        self._add(record, "oc2", dob=self.dob, **values)

    def _yes(self, share: float) -> str:
        return "1" if self.rng.random() < share else "0"

    def _adoption(self, record: Record) -> None:
        adopters, sexes, status = self.rng.choice(_COUPLES)
        decided, placed = self.history.decided, self.stays[-1].decom
        self._add(record, "ad1", dob=self.dob, date_int=iso(decided), date_match=iso((decided + placed) // 2),
                  foster_care="0", nb_adoptr=adopters, sex_adoptr=sexes, ls_adoptr=status)  # fmt: skip

    def _permanence(self, record: Record) -> None:
        if self.rng.random() < 0.95:
            self._add(record, "previous_permanence", dob=self.dob, prev_perm="Z1")
            return
        year = date.fromordinal(self.history.began).year - 1
        option = self.rng.choice(("P1", "P2", "P2", "P3"))
        self._add(record, "previous_permanence", dob=self.dob, prev_perm=option, la_perm="WAL",
                  date_perm=f"zz/zz/{year}")  # fmt: skip

    def _care_leaver(self, record: Record) -> None:
        in_touch, activity, accommodation = self.rng.choice(_LIVES)
        self._add(record, "oc3", dob=self.dob, in_touch=in_touch, activ=activity, accom=accommodation)
