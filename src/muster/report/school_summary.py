"""The school summary: a return counted up for the head teacher, who signs that it is right.

It holds counts and no names, but many counts are small enough to point to a person, so every page says that
it is for the head teacher and those who make the return.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from muster.catalogue import CATALOGUE
from muster.model import Collection, Return
from muster.model.words import count_of, date_in_words
from muster.report import _contract_tables as contracts
from muster.report import _school_tables as school
from muster.report import _staff_tables as people
from muster.report._changes import Change, changes
from muster.report._counting import Counted
from muster.report._summary_setting import (
    SummarySetting,
    TableSetting,
    belongs_to,
    collected_in,
    summary_setting,
)
from muster.report._summary_table import (
    Body,
    SummaryTable,
    count,
    full_time_equivalent,
    headcount,
    hundredths,
)
from muster.report._workforce import TEACHER, Workforce, workforce_of
from muster.report.census_summary import Declared, compared, declared, summary_tables

_BUILDERS: dict[str, Callable[[Workforce], Body]] = {
    "staff_records": people.staff_records,
    "missing_details": people.missing_details,
    "missing_contract_data": people.missing_contract_data,
    "qualified_status": people.qualified_status,
    "ethnicity": people.ethnicity,
    "disability": people.disability,
    "regular_service": contracts.regular_service,
    "contract_types": contracts.contract_types,
    "pay_review": contracts.pay_review,
    "pay_frameworks": contracts.pay_frameworks,
    "pay": contracts.pay,
    "daily_rate": contracts.daily_rate,
    "support_roles": contracts.support_roles,
    "third_party": school.third_party,
    "sickness": school.sickness,
    "other_absence": school.other_absence,
    "qualifications": people.qualifications,
    "curriculum_staff": school.curriculum_staff,
    "curriculum_hours": school.curriculum_hours,
    "vacancies": school.vacancies,
    "occasional_teachers": school.occasional_teachers,
    "educational_psychologists": school.educational_psychologists,
}


_MISSING = {"missing_details": "staff record", "missing_contract_data": "open contract"}


@dataclass(frozen=True)
class Figure:
    """One figure at the top of the summary."""

    number: str
    label: str


@dataclass(frozen=True)
class SchoolSummary:
    """Everything a page of the summary shows, as text."""

    collection: str
    year: int
    ref: str
    school: str
    census_day: date
    figures: tuple[Figure, ...]
    modules: Body
    tables: tuple[SummaryTable, ...]
    changes: tuple[Change, ...]
    threshold: str
    previous_year: int | None
    not_collected: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"{self.collection} {self.year}: summary for {self.school or self.ref}"

    @property
    def signatory(self) -> str:
        """Who signs: the head teacher, or for an authority's own file its responsible officer."""
        return "head teacher" if "/" in self.ref else "responsible officer"

    @property
    def large_changes(self) -> tuple[Change, ...]:
        """The changes that are pointed out."""
        return tuple(change for change in self.changes if change.words)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing of whom it is expected, in words."""
        return tuple(
            f"{row.label} is missing on {count_of(_number(row.cells[-1]), _MISSING[table.name])}"
            for table in self.tables
            if table.name in _MISSING
            for row in table.body.rows
            if row.cells[-1] != "0"
        )

    @property
    def has_provisional(self) -> bool:
        """Whether the letter of any table was not seen in a source."""
        return any(table.provisional for table in self.tables)


def is_summarised(collection: Collection) -> bool:
    """Whether the catalogue says what a head reads of a return of a collection."""
    return (CATALOGUE / collection.folder / "summary.toml").is_file()


def school_summary(
    collection: Collection, return_: Return, *, previous: Return | None = None, school_name: str = ""
) -> SchoolSummary:
    """Count up a return, against the return of the year before where there is one."""
    said = declared(collection.folder)
    if said is not None:
        return _of_pupils(Counted(collection, return_), said, previous=previous, school_name=school_name)
    setting = summary_setting(collection.name)
    staff = workforce_of(collection, return_, setting)
    before = workforce_of(collection, previous, setting) if previous else None
    owed = [entry for entry in setting.tables if belongs_to(collection, entry, school=bool(return_.estab))]
    return SchoolSummary(
        collection=collection.title,
        year=return_.year,
        ref=return_.ref,
        school=school_name or ("" if return_.estab else "The authority's own return"),
        census_day=staff.day,
        figures=_figures(staff),
        modules=school.modules(staff),
        tables=tuple(_table(entry, staff) for entry in owed if collected_in(collection, entry, return_.year)),
        changes=changes(staff, before),
        threshold=_threshold(setting),
        previous_year=before.year if before else None,
        not_collected=tuple(
            entry.title for entry in owed if not collected_in(collection, entry, return_.year)
        ),
    )


def _of_pupils(
    counted: Counted, said: Declared, *, previous: Return | None, school_name: str
) -> SchoolSummary:
    """The summary of a census of pupils, as its catalogue declares it."""
    collection, return_ = counted.collection, counted.return_
    before = Counted(collection, previous) if previous else None
    shown = [one for one in said.measures if one.shown]
    return SchoolSummary(
        collection=collection.title,
        year=return_.year,
        ref=return_.ref,
        school=school_name or return_.header.get("school_name") or "",
        census_day=collection.facts[return_.year].census_day,
        figures=tuple(Figure(one.show(one.value(counted)), one.label) for one in shown),
        modules=Body("Part", ("In the file",), ()),
        tables=summary_tables(counted, said),
        changes=compared(counted, before, said),
        threshold=f"more than {said.share:.0%} and at least {said.at_least}",
        previous_year=previous.year if previous else None,
        not_collected=(),
    )


def _table(entry: TableSetting, staff: Workforce) -> SummaryTable:
    return SummaryTable(
        name=entry.name,
        title=entry.title,
        letter=entry.letter(staff.year),
        provisional=entry.is_provisional(staff.year),
        body=_BUILDERS[entry.name](staff).without_unknown(),
        absent=_absence_of(entry, staff),
    )


def _absence_of(entry: TableSetting, staff: Workforce) -> str:
    """Why a table has nothing to count, where the file itself says that a part is not in it."""
    needed = staff.collection.tables.get(entry.needs)
    flag = needed.module if needed else None
    if flag and (staff.header[flag] or "").lower() in ("false", "0"):
        title = staff.collection.tables["returns"].items[flag].title
        return f"The file says that this part is not in it ({title}: no)."
    return ""


def _figures(staff: Workforce) -> tuple[Figure, ...]:
    teachers = [pair for pair in staff.regular if pair[1].category == TEACHER]
    return (
        Figure(count(len(staff.people)), "staff records"),
        Figure(count(headcount(staff.regular)), f"in regular service on {date_in_words(staff.day)}"),
        Figure(count(headcount(teachers)), "of them teachers"),
        Figure(hundredths(full_time_equivalent(teachers)), "full-time equivalent teachers"),
    )


def _number(shown: str) -> int:
    return int(shown.replace(",", ""))


def _threshold(setting: SummarySetting) -> str:
    return f"more than {setting.share:.0%} and at least {setting.at_least}"
