"""Invented children in need: referrals, assessments, enquiries, plans and reviews that follow every rule.

How often things happen is taken, rounded, from the published statistics of 2024/25 (children in need; factors at the
end of assessment; child protection plans); how they follow each other is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from random import Random

from muster.catalogue import load_collection
from muster.sample._child import YEAR, Nursery, YearOfReturn, days_ago, sex_code, weekday
from muster.sample._records import Record
from muster.sample._shape import iso

# Of a thousand, or as near as makes no difference; codes that a year does not have are left out.
_SHARES: dict[str, dict[str, int]] = {
    "referral_source": {
        "6": 290, "2A": 200, "5A": 90, "1A": 60, "3F": 70, "3E": 40, "3A": 15, "3B": 40, "8": 60, "5B": 30,
        "4": 15, "7": 30, "9": 20, "1D": 15, "5C": 15, "5D": 10,
    },
    "primary_need": {
        "N1": 560, "N2": 95, "N3": 25, "N4": 85, "N5": 130, "N6": 40, "N7": 3, "N8": 32, "N9": 20, "N0": 10,
    },
    "assessment_factor": {
        "4B": 172, "3B": 163, "17A": 98, "16A": 90, "4A": 90, "2B": 73, "1B": 73, "5A": 63, "18C": 61, "3A": 58,
        "14A": 36, "6B": 28, "15A": 25, "3C": 26, "2A": 25, "6A": 24, "4C": 24, "7A": 19, "19C": 19, "10A": 17,
        "24A": 16, "11A": 12, "18B": 15, "19B": 13, "2C": 16, "5B": 15, "1C": 12, "1A": 11, "13A": 9, "9A": 6,
        "20": 84,
    },
    "closure_reason": {
        "RC7": 420, "RC8": 330, "RC9": 190, "RC5": 25, "RC6": 12, "RC3": 12, "RC4": 8, "RC1": 3,
    },
    "category_of_abuse": {"NEG": 500, "EMO": 370, "PHY": 70, "SAB": 40, "MUL": 20},
}  # fmt: skip
_DISABILITIES = ("LD", "AUT", "COMM", "BEH", "MOB", "PC", "INC", "HAND", "HEAR", "VIS", "CON", "DDA")


class InNeedYear(YearOfReturn):
    """The census year of children in need."""

    @property
    def of_school_age(self) -> int:
        """The day by which children of school age were born."""
        return date(self.year - 6, 8, 31).toordinal()

    def header(self, authority: str) -> dict[str, str]:
        """The row of the return of an authority."""
        return {
            "collection": "CIN", "year": str(self.year), "reference_date": iso(self.end), "source_level": "L",
            "lea": authority, "software_code": "Invented", "release": "1", "serial_no": "001",
            "written_at": f"{iso(self.end + 90)}T09:30:00",
        }  # fmt: skip


def _up_to(shares: dict[str, int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return tuple(shares), tuple(accumulate(shares.values()))


class InNeed:
    """Invents the children in need of one authority."""

    def __init__(self, year: int, authority: str, rng: Random) -> None:
        self.rng, self.when = rng, InNeedYear(year)
        self.nursery = Nursery(authority, rng)
        code_sets = load_collection("children_in_need").code_sets
        self._draws = {
            name: _up_to(
                {code: share for code, share in shares.items() if code in code_sets[name].in_force(year)}
            )
            for name, shares in _SHARES.items()
        }

    def drawn(self, code_set: str, count: int = 1) -> list[str]:
        """Codes of a set, as often as they are used."""
        codes, up_to = self._draws[code_set]
        return self.rng.choices(codes, cum_weights=up_to, k=count)

    def children(self, count: int) -> Iterator[Record]:
        """So many children, each with everything that lies within it."""
        return (self._child() for _ in range(count))

    def _child(self) -> Record:
        rng, end = self.rng, self.when.end
        if rng.random() < 0.015:
            return self._unborn()
        born = end - int(rng.triangular(1, 18 * YEAR - 2, 13 * YEAR))
        child = self.nursery.child(born)
        record = Record("children", {
            "la_child_id": child.number, "birth_date": iso(born), "sex": sex_code(child.sex, self.when.year),
            "ethnicity": child.ethnicity,
        })  # fmt: skip
        unfit = rng.random() < 0.05
        if born > self.when.of_school_age:
            record.values["upn_unknown"] = "UN1"
        elif unfit:
            record.values["upn_unknown"] = rng.choice(("UN2", "UN3", "UN4"))
        else:
            record.values["upn"] = child.upn
        self._disabilities(record)
        self._episodes(record, born)
        return record

    def _unborn(self) -> Record:
        due = self.when.end + self.rng.randint(-20, 200)
        child = self.nursery.child(due, sex="U")
        record = Record("children", {
            "la_child_id": child.number, "expected_birth_date": iso(due), "upn_unknown": "UN1",
            "sex": sex_code("U", self.when.year), "ethnicity": "NOBT",
        })  # fmt: skip
        self._disabilities(record, none=True)
        referred = weekday(self.when.end - self.rng.randint(3, 40))
        _Episode(self, record, referred, None).write()
        return record

    def _disabilities(self, record: Record, *, none: bool = False) -> None:
        if none or self.rng.random() < 0.88:
            record.add("disabilities", disability="NONE")
            return
        for kind in self.rng.sample(_DISABILITIES, self.rng.choice((1, 1, 1, 2, 2, 3))):
            record.add("disabilities", disability=kind)

    def _episodes(self, record: Record, born: int) -> None:
        rng, start, end = self.rng, self.when.start, self.when.end
        earliest = born - 100
        if rng.random() < 0.05:
            self._no_further_action(record, weekday(max(earliest + 5, start + rng.randint(4, 360))))
            return
        referred = start + rng.randint(4, 364) if rng.random() < 0.53 else days_ago(rng, start, 420, 3000)
        referred = weekday(max(referred, earliest + 5))
        closed = max(referred + 12, start) + rng.randint(0, 250) if rng.random() < 0.49 else end + 1
        _Episode(self, record, referred, weekday(closed) if start + 2 <= closed <= end else None).write()
        if start + 2 <= closed <= end - 60 and rng.random() < 0.25:
            again = weekday(closed + rng.randint(9, 50))
            _Episode(self, record, again, None).write()

    def _no_further_action(self, record: Record, referred: int) -> None:
        [source] = self.drawn("referral_source")
        record.add("cin_details", referral_date=iso(min(referred, self.when.end)), referral_source=source,
                   no_further_action="true")  # fmt: skip
        if "upn" not in record.values:
            record.values["upn_unknown"] = "UN7"


class _Episode:
    """One episode of need that led to further action, open where ``closed`` is None."""

    def __init__(self, of: InNeed, child: Record, referred: int, closed: int | None) -> None:
        self.rng, self.when, self.drawn, self.child = of.rng, of.when, of.drawn, child
        self.referred, self.closed = referred, closed
        self.last = min(closed or of.when.end, of.when.end)
        self.reason = self._reason() if closed else ""

    def _reason(self) -> str:
        [reason] = self.drawn("closure_reason")
        brief = self.last - self.referred < 90 and self.referred >= self.when.start - 40
        return reason if brief or reason not in ("RC8", "RC9") else "RC7"

    @property
    def only_assessed(self) -> bool:
        return self.reason in ("RC8", "RC9")

    def write(self) -> None:
        rng = self.rng
        [source], [need] = self.drawn("referral_source"), self.drawn("primary_need")
        details = self.child.add("cin_details", referral_date=iso(self.referred), referral_source=source,
                                 primary_need=need, no_further_action="false")  # fmt: skip
        if self.closed:
            details.values |= {"closure_date": iso(self.closed), "closure_reason": self.reason}
        assessed = self._assess(details)
        protected = None if self.only_assessed else self._protect(details, assessed)
        if not self.only_assessed and rng.random() < 0.35:
            self._plan(details, protected)

    def _assess(self, details: Record) -> bool:
        """Write an assessment that ended in the year or is still open; whether there is one."""
        fresh = self.referred >= self.when.start - 40
        if not fresh and self.rng.random() > 0.4:
            return False
        earliest = self.referred if fresh else self.when.start
        start = min(earliest + self.rng.randint(0, 5), self.last)
        done = max(start + self.rng.randint(8, 62), self.when.start + 1)
        if done > self.last and not self.closed and start >= self.when.end - 55:
            details.add("assessments", start_date=iso(start))
            return True
        done = min(done, self.last)
        record = details.add("assessments", start_date=iso(start), authorisation_date=iso(done))
        if self.rng.random() < 0.3:
            record.values["internal_review_date"] = iso((start + done) // 2)
        for factor in self._factors():
            record.add("assessment_factors", factor=factor)
        return True

    def _factors(self) -> list[str]:
        if self.only_assessed and self.rng.random() < 0.08:
            return ["21"]
        drawn = self.drawn("assessment_factor", self.rng.choice((1, 2, 2, 3, 4, 5)))
        return list(dict.fromkeys(drawn))

    def _protect(self, details: Record, assessed: bool) -> tuple[int, int | None] | None:
        """Write an enquiry and a plan for child protection; the first and last day of the plan, if there is one."""
        draw = self.rng.random()
        if self.referred < self.when.start - 60 and draw < 0.16:
            started = weekday(self.referred + self.rng.randint(20, 40))
            return self._protection_plan(details, started)
        if assessed and draw < 0.34:
            return self._enquire(details)
        return None

    def _enquire(self, details: Record) -> tuple[int, int | None] | None:
        first = weekday(max(self.referred, self.when.start) + self.rng.randint(0, 30))
        if not max(self.referred, self.when.start) <= first <= self.last:
            return None
        held = weekday(first + self.rng.randint(8, 20))
        enquiry = details.add("section_47", start_date=iso(first), conference_not_required="true")
        if held > self.last or self.rng.random() < 0.62:
            return None
        enquiry.values |= {"conference_target": iso(weekday(first + 21)), "conference_date": iso(held)}
        enquiry.values["conference_not_required"] = "false"
        return self._protection_plan(details, held) if self.rng.random() < 0.87 and held < self.last else None

    def _protection_plan(self, details: Record, started: int) -> tuple[int, int | None] | None:
        ended = max(started + self.rng.randint(60, 500), self.when.start + self.rng.randint(0, 300))
        over = ended <= self.last or self.closed is not None
        ended = min(ended, self.last)
        if ended <= started:
            return None
        first, another = self.drawn("category_of_abuse", 2)
        latest = first if self.rng.random() < 0.85 else another
        earlier = self.rng.choices(("0", "1", "2", "3"), (755, 190, 40, 15))[0]
        plan = details.add("child_protection_plans", start_date=iso(started), initial_category=first,
                           latest_category=latest, previous_plans=earlier)  # fmt: skip
        if over:
            plan.values["end_date"] = iso(ended)
        self._reviews(plan, started, ended)
        return started, ended if over else None

    def _reviews(self, plan: Record, started: int, ended: int) -> None:
        day = started + 85
        while day <= ended:
            if day >= self.when.start:
                plan.add("review_blocks").add("reviews", review_date=iso(weekday(day)))
            day += self.rng.randint(150, 182)

    def _plan(self, details: Record, protected: tuple[int, int | None] | None) -> None:
        """Write a plan for a child in need, after the one for child protection if there was one."""
        if protected and protected[1] is None:
            return
        started = protected[1] if protected and protected[1] else self.referred + self.rng.randint(20, 60)
        ended = max(started + self.rng.randint(40, 400), self.when.start + self.rng.randint(0, 300))
        over = ended <= self.last or self.closed is not None
        ended = min(ended, self.last)
        if ended <= started:
            return
        plan = details.add("cin_plans", start_date=iso(started))
        if over:
            plan.values["end_date"] = iso(ended)
