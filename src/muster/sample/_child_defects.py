"""A few mistakes in finished records of children, at most one for each child, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from muster.sample._records import Record
from muster.sample._shape import day_number, iso

GONE = ""


@dataclass(frozen=True)
class Defect:
    """A mistake in one item of one record: left out (``GONE``), another text, or another item's date moved."""

    name: str
    rate: float
    table: str
    item: str
    text: str = GONE
    before: str = ""

    def damage(self, rng: Random, child: Record) -> bool:
        """Plant the mistake in one of the child's records that holds the item; whether there was one."""
        having = [
            one
            for one in child.all(self.table)
            if self.item in one.values and self.before in ("", *one.values)
        ]
        if not having:
            return False
        values = rng.choice(having).values
        if self.before:
            values[self.item] = iso(day_number(values[self.before]) - rng.randint(1, 40))
        elif self.text == GONE:
            del values[self.item]
        else:
            values[self.item] = self.text
        return True


_IN_NEED = (
    Defect("ethnicity missing", 0.004, "children", "ethnicity"),
    Defect("ethnicity wrong", 0.001, "children", "ethnicity", "WHITE"),
    Defect("sex missing", 0.001, "children", "sex"),
    Defect("UPN missing", 0.006, "children", "upn"),
    Defect("UPN misread", 0.002, "children", "upn", "B123456789012"),
    Defect("disability missing", 0.004, "disabilities", "disability"),
    Defect("birth date not a date", 0.0005, "children", "birth_date", "2011-02-30"),
    Defect("referral date missing", 0.001, "cin_details", "referral_date"),
    Defect("referral source wrong", 0.003, "cin_details", "referral_source", "11Z"),
    Defect("primary need missing", 0.003, "cin_details", "primary_need"),
    Defect("closed before it began", 0.002, "cin_details", "closure_date", before="referral_date"),
    Defect("closure reason missing", 0.004, "cin_details", "closure_reason"),
    Defect(
        "assessment begins before the referral",
        0.003,
        "assessments",
        "authorisation_date",
        before="start_date",
    ),
    Defect("factor wrong", 0.003, "assessment_factors", "factor", "99Z"),
    Defect("factor no longer used", 0.003, "assessment_factors", "factor", "18A"),
    Defect("enquiry without a start", 0.002, "section_47", "start_date"),
    Defect("plan ends before it starts", 0.003, "child_protection_plans", "end_date", before="start_date"),
    Defect("category of abuse missing", 0.003, "child_protection_plans", "latest_category"),
    Defect("review undated", 0.003, "reviews", "review_date"),
    Defect("CIN plan ends before it starts", 0.003, "cin_plans", "end_date", before="start_date"),
)
_LOOKED_AFTER = (
    Defect("ethnicity missing", 0.003, "header", "ethnic"),
    Defect("sex wrong", 0.001, "header", "sex", "X"),
    Defect("UPN missing", 0.004, "header", "upn"),
    Defect("birth date not a date", 0.0005, "header", "dob", "2012-02-30"),
    Defect("episode without a start", 0.002, "episodes", "decom"),
    Defect("legal status wrong", 0.003, "episodes", "ls", "C9"),
    Defect("placement provider missing", 0.006, "episodes", "place_provider"),
    Defect("reason the episode ceased missing", 0.003, "episodes", "rec"),
    Defect("episode ends before it starts", 0.003, "episodes", "dec", before="decom"),
    Defect("reason for placement change missing", 0.004, "episodes", "reason_place_change"),
    Defect("review without participation", 0.006, "reviews", "review_code"),
    Defect("score impossible", 0.003, "oc2", "sdq_score", "41"),
    Defect("dental check missing", 0.004, "oc2", "teeth_check"),
    Defect("missing period ends before it starts", 0.004, "missing", "mis_end", before="mis_start"),
    Defect("activity missing", 0.003, "oc3", "activ"),
    Defect("matching date missing", 0.004, "ad1", "date_match"),
    Defect("social worker unknown", 0.003, "sw_episodes", "sw_id"),
    Defect("permanence option missing", 0.004, "previous_permanence", "prev_perm"),
)
_PREFERENCES = (
    Defect("surname missing", 0.002, "applicants", "surname"),
    Defect("postcode misread", 0.002, "applicants", "postcode", "ZZ9O 1"),
    Defect("birth date not a date", 0.001, "applicants", "birth_date", "2003-02-30"),
    Defect("child of another authority", 0.002, "applicants", "home_lea", "998"),
    Defect("UPN misread", 0.002, "applicants", "upn", "B820912345678"),
    Defect("rank left out", 0.002, "preferences", "rank"),
    Defect("school that does not exist", 0.002, "preferences", "estab", "9998"),
    Defect("rank of the offer wrong", 0.003, "offers", "rank", "5"),
)
_PUPILS = (
    Defect("UPN misread", 0.001, "pupils", "upn", "B820912345678"),
    Defect("birth date not a date", 0.0005, "pupils", "birth_date", "2011-02-30"),
    Defect("birth date in the future", 0.0005, "pupils", "birth_date", "2031-02-03"),
    Defect("sex missing", 0.001, "pupils", "sex"),
    Defect("ethnicity wrong", 0.001, "pupils", "ethnicity", "WHITE"),
    Defect("first language missing", 0.002, "pupils", "language"),
    Defect("ULN missing", 0.003, "pupils", "uln"),
    Defect("ULN misread", 0.001, "pupils", "uln", "1234567890"),
    Defect("entry after census day", 0.0005, "pupils", "entry_date", "2031-09-03"),
    Defect("SEN provision missing", 0.002, "pupils", "sen_provision"),
    Defect("need missing", 0.002, "sen_needs", "need"),
    Defect("meals without a start", 0.002, "fsm_periods", "start_date"),
    Defect("exclusion without a reason", 0.002, "exclusions", "reason"),
    Defect("exclusion of a hundred sessions", 0.001, "exclusions", "sessions", "100"),
    Defect("more absence than sessions", 0.001, "absences", "sessions", "999"),
    Defect("reason that is not collected", 0.001, "absences", "reason", "/"),
    Defect("postcode misread", 0.002, "addresses", "post_code", "ZZ9O 1"),
    Defect("aim without a number", 0.002, "aims", "qan"),
)
DEFECTS = {
    "children_in_need": _IN_NEED, "looked_after": _LOOKED_AFTER, "school_preferences": _PREFERENCES,
    "school_census": _PUPILS,
}  # fmt: skip


class Spoiler:
    """Breaks a record here and there and counts what it did."""

    def __init__(self, collection: str) -> None:
        self.planted: Counter[str] = Counter()
        self._defects = DEFECTS[collection]
        self._up_to = tuple(accumulate(one.rate for one in self._defects))

    def spoil(self, rng: Random, child: Record) -> None:
        """Damage a record of this child, or more often leave them all."""
        share = rng.random()
        if share >= self._up_to[-1]:
            return
        defect = next(one for one, up_to in zip(self._defects, self._up_to, strict=True) if share < up_to)
        if defect.damage(rng, child):
            self.planted[defect.name] += 1
