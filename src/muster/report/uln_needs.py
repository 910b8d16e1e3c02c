"""Who will need a ULN, months before the census that asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from muster.catalogue import load_collection
from muster.model import TERMS, Collection, Return
from muster.model.days import months_on
from muster.report._workforce import as_date

_AGE = 14
_FIRST = date(2014, 1, 1)  # asked from the spring census of 2014 on


@dataclass(frozen=True)
class UlnNeed:
    """A pupil without a ULN, the day of turning 14, and the first census that asks for it; '' where none is known."""

    ref: str
    upn: str
    year_group: str
    turns_14: date
    census: str
    census_day: date
    overdue: bool


def uln_needs(collection: Collection, one: Return, *, months: int) -> list[UlnNeed]:
    """Pupils on roll who are 14, or turn 14 within so many months of census day, and have no ULN; the soonest first.

    Only of a school whose phase returns ULNs, now or when the pupil is there.
    """
    day = collection.facts[one.year].census_day
    if (one.header.get("phase") or "") not in collection.tables["pupils"].items["uln"].phases:
        return []
    return sorted(_needs(collection, one, day, months), key=lambda need: (need.turns_14, need.upn))


def _needs(collection: Collection, one: Return, day: date, months: int) -> Iterator[UlnNeed]:
    calendar = _calendar(collection.folder)
    last = months_on(day, months)
    for pupil in one.tables["pupils"].rows():
        born = as_date(pupil["birth_date"])
        if born is None or pupil["on_roll"] != "true" or pupil["uln"]:
            continue
        turns = _birthday(born)
        if turns <= last:
            asking = max(turns, day, _FIRST)
            census_day, census = next((one for one in calendar if one[0] >= asking), (last, ""))
            yield UlnNeed(
                one.ref,
                pupil["upn"] or "",
                pupil["year_group"] or "",
                turns,
                census,
                census_day,
                census_day == day,
            )


def _calendar(folder: str) -> list[tuple[date, str]]:
    """Every census day that is known, in order, with the name of the census."""
    views = (load_collection(f"{folder}_{term}") for term in TERMS)
    return sorted(
        (facts.census_day, f"{view.term} {year}") for view in views for year, facts in view.facts.items()
    )


def _birthday(born: date) -> date:
    """The day of turning 14; 1 March for those born on 29 February."""
    try:
        return born.replace(year=born.year + _AGE)
    except ValueError:
        return date(born.year + _AGE, 3, 1)
