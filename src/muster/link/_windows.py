"""Keep what falls in the collection's windows; list everything else with the reason it stays out.

Contracts count if open on or after the first day of their window, absences if within theirs, additional
payments if paid since the last census day.  A contract or agreement of fewer than 28 days waits for next year.
"""

from __future__ import annotations

from collections.abc import Callable

from muster.link._category import category_of, returns_qualifications
from muster.link._merged import Bench, Merged, person_label
from muster.model.words import date_in_words

_PERMANENT = "PRM"
# Twenty-eight days counting both ends: a difference of dates of 27.
_ENOUGH_DAYS = 27
_WITH_ABSENCES = (None, 1, 3)
_TIMETABLED_PHASES = frozenset({"Secondary", "All-through"})


def keep_in_windows(bench: Bench, person: Merged) -> None:
    """Take out of a person's records whatever does not belong in this year's return."""
    who = person_label(person)
    _keep(person, "contracts", lambda record: why_no_contract(bench, record), bench, who)
    for contract in person.of("contracts"):
        for holder in (contract, *contract.of("roles")):
            _keep(holder, "additional_payments", lambda record: _why_no_payment(bench, record), bench, who)
    _keep(person, "absences", lambda record: _why_no_absence(bench, person, record), bench, who)
    _keep(person, "curriculum", lambda _: _why_no_curriculum(bench, person), bench, who)
    _keep(person, "qualifications", lambda _: _why_no_qualification(person), bench, who)


def _keep(holder: Merged, table: str, why: Callable[[Merged], str], bench: Bench, who: str) -> None:
    reasons = {id(record): why(record) for record in holder.of(table)}
    for record in holder.of(table):
        if reasons[id(record)]:
            bench.leave_out(record, who, reasons[id(record)])
    holder.children = [child for child in holder.children if not reasons.get(id(child))]


def why_no_contract(bench: Bench, contract: Merged) -> str:
    """Why a contract is not in this year's return; '' if it is."""
    start, end = contract.day("contract_start"), contract.day("contract_end")
    first, census = bench.day("contract_from"), bench.census_day
    if start and end and end < start:
        return ""  # one of the two dates is wrong, which a rule reports; nobody should vanish for it
    if start and start > bench.day("contract_to"):
        return f"starts on {date_in_words(start)}, after census day"
    if end and end < first:
        return f"ended on {date_in_words(end)}, before the window that starts on {date_in_words(first)}"
    if start and end and (end - start).days < _ENOUGH_DAYS:
        return f"lasts fewer than 28 days, {date_in_words(start)} to {date_in_words(end)}"
    temporary = contract.text("contract_type") not in (_PERMANENT, None)
    if temporary and start and not end and (census - start).days < _ENOUGH_DAYS:
        return f"temporary, and open for fewer than 28 days on census day (from {date_in_words(start)}); due next year"
    return ""


def _why_no_payment(bench: Bench, payment: Merged) -> str:
    start, end = payment.day("pay_start"), payment.day("pay_end")
    first = bench.day("payments_from")
    if end and end < first:
        return f"last paid on {date_in_words(end)}, before the window that starts on {date_in_words(first)}"
    if start and start > bench.census_day:
        return f"first paid on {date_in_words(start)}, after census day"
    return ""


def _why_no_absence(bench: Bench, person: Merged, absence: Merged) -> str:
    if category_of(person) not in _WITH_ABSENCES:
        return "absences are collected for regular teachers and teaching assistants only"
    if bench.is_central:
        return "absences are not collected for central staff"
    first, last = absence.day("first_day"), absence.day("last_day")
    opens, closes = bench.day("absence_from"), bench.day("absence_to")
    if (first and first > closes) or (last and last < opens):
        return f"outside the absence window, {date_in_words(opens)} to {date_in_words(closes)}"
    return ""


def _why_no_curriculum(bench: Bench, person: Merged) -> str:
    if category_of(person) == 4:
        return "curriculum is collected for teachers and teaching assistants only"
    school = bench.about
    if school.phase and not school.timetabled and school.phase not in _TIMETABLED_PHASES:
        return f"curriculum is not collected from a school of phase {school.phase} without a timetable"
    return ""


def _why_no_qualification(person: Merged) -> str:
    return (
        "" if returns_qualifications(person) else "qualifications are not collected for other support staff"
    )
