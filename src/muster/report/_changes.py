"""This year against last: a few figures side by side, and in words which changes are large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from muster.report._summary_setting import SummarySetting
from muster.report._summary_table import count, days, full_time_equivalent, headcount, hundredths, pounds
from muster.report._workforce import (
    AGENCY_TEACHER,
    ASSISTANT,
    SUPPORT,
    TEACHER,
    Contract,
    Person,
    Workforce,
    as_number,
)


@dataclass(frozen=True)
class Change:
    """One figure of this year and last; ``words`` is set where the change is large."""

    label: str
    this_year: str
    last_year: str
    difference: str
    words: str = ""


@dataclass(frozen=True)
class _Measure:
    label: str
    value: Callable[[Workforce], float]
    show: Callable[[float], str]


def changes(now: Workforce, before: Workforce | None) -> tuple[Change, ...]:
    """The figures of this year against those of last year; none without a return of last year."""
    if before is None:
        return ()
    return tuple(
        _change(measure, measure.value(now), measure.value(before), now.setting) for measure in _MEASURES
    )


def _change(measure: _Measure, now: float, before: float, setting: SummarySetting) -> Change:
    difference = now - before
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    large = abs(difference) > setting.share * before and abs(difference) >= setting.at_least
    return Change(
        measure.label,
        measure.show(now),
        measure.show(before),
        f"{sign}{measure.show(abs(difference))}",
        _in_words(now, before) if large else "",
    )


def _in_words(now: float, before: float) -> str:
    if not before:
        return "None last year"
    if not now:
        return "None this year"
    share = abs(now - before) / before
    return f"{'Up' if now > before else 'Down'} by {share:.0%}"


def _people(*categories: int) -> Callable[[Workforce], float]:
    return lambda staff: headcount(_in(staff, categories))


def _time(*categories: int) -> Callable[[Workforce], float]:
    return lambda staff: full_time_equivalent(_in(staff, categories))


def _in(staff: Workforce, categories: Sequence[int]) -> list[tuple[Person, Contract]]:
    return [pair for pair in staff.regular if pair[1].category in categories]


def _mean_pay(staff: Workforce) -> float:
    paid = [c for _, c in _in(staff, (TEACHER,)) if c.base_pay is not None and c.full_time_equivalent]
    return sum((c.base_pay or 0) / (c.full_time_equivalent or 1) for c in paid) / len(paid) if paid else 0.0


def _days_lost(staff: Workforce) -> float:
    return sum(
        as_number(absence["working_days_lost"]) or 0.0
        for person in staff.people
        for absence in person.absences
        if absence["category"] == "SIC"
    )


def _without_number(staff: Workforce) -> float:
    return sum(1 for p in staff.people if p.category == TEACHER and not p.values["teacher_number"])


_MEASURES = (
    _Measure("Staff records", lambda staff: len(staff.people), lambda n: count(int(n))),
    _Measure("Teachers", _people(TEACHER), lambda n: count(int(n))),
    _Measure("Teachers, full-time equivalent", _time(TEACHER), hundredths),
    _Measure("Agency and agreement teachers", _people(AGENCY_TEACHER), lambda n: count(int(n))),
    _Measure("Teaching assistants", _people(ASSISTANT), lambda n: count(int(n))),
    _Measure("Teaching assistants, full-time equivalent", _time(ASSISTANT), hundredths),
    _Measure("Other support staff", _people(SUPPORT), lambda n: count(int(n))),
    _Measure("Other support staff, full-time equivalent", _time(SUPPORT), hundredths),
    _Measure("Teachers' mean base pay, as if full time", _mean_pay, pounds),
    _Measure("Teachers without a teacher number", _without_number, lambda n: count(int(n))),
    _Measure("Working days lost to sickness", _days_lost, days),
    _Measure(
        "Qualifications given",
        lambda s: sum(len(p.qualifications) for p in s.people),
        lambda n: count(int(n)),
    ),
    _Measure("Vacancies", lambda staff: len(staff.vacancies), lambda n: count(int(n))),
)
