"""The tables of the school summary about absence, teaching, vacancies and people from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from muster.report._summary_table import Body, SummaryRow, count, days, hundredths, totalled
from muster.report._workforce import (
    AGENCY_TEACHER,
    ASSISTANT,
    SUPPORT,
    TEACHER,
    Person,
    Values,
    Workforce,
    as_number,
)

_SICKNESS = ("SIC", "PRG")
_ABSENCE_COLUMNS = ("Staff", "Periods", "Working days lost", "Periods without days")
_GROUPS = (
    ("Teachers", (TEACHER, AGENCY_TEACHER)),
    ("Teaching assistants", (ASSISTANT,)),
    ("Other staff", (SUPPORT, None)),
)


def sickness(staff: Workforce) -> Body:
    """Absence through sickness and pregnancy, by group of staff."""
    rows: list[SummaryRow] = []
    for code in _SICKNESS:
        title = staff.title("absence_category", code)
        rows.append(SummaryRow(title, ("",) * len(_ABSENCE_COLUMNS), "group"))
        rows.extend(
            _absence(label, [p for p in staff.people if p.category in categories], (code,))
            for label, categories in _GROUPS
        )
    total = _absence("Both", staff.people, _SICKNESS)
    return Body("Reason", _ABSENCE_COLUMNS, totalled(rows, total))


def other_absence(staff: Workforce) -> Body:
    """Absence for any other reason, by reason."""
    given = {absence["category"] or "" for person in staff.people for absence in person.absences}
    codes = sorted(given - set(_SICKNESS))
    rows = [_absence(staff.title("absence_category", code), staff.people, (code,)) for code in codes]
    total = _absence("All other absence", staff.people, tuple(codes))
    return Body("Reason", _ABSENCE_COLUMNS, totalled(rows, total))


def _absence(label: str, people: Sequence[Person], codes: tuple[str, ...]) -> SummaryRow:
    by_person = [[a for a in person.absences if (a["category"] or "") in codes] for person in people]
    lost = [as_number(absence["working_days_lost"]) for absences in by_person for absence in absences]
    cells = (
        count(sum(1 for absences in by_person if absences)),
        count(len(lost)),
        days(sum(number for number in lost if number is not None)),
        count(lost.count(None)),
    )
    return SummaryRow(label, cells)


def curriculum_staff(staff: Workforce) -> Body:
    """How many teachers and teaching assistants teach each year group."""
    rows = [
        SummaryRow(
            staff.title("year_group", code), tuple(count(len(teach)) for teach in _teaching(staff, code))
        )
        for code in _year_groups(staff)
    ]
    total = SummaryRow("Any year group", tuple(count(len(teach)) for teach in _teaching(staff, None)))
    note = "A person who teaches several year groups is counted in each, and once in the total."
    return Body("Year group", _TEACHING, totalled(rows, total), note)


def curriculum_hours(staff: Workforce) -> Body:
    """Hours taught in each year group."""
    rows = [SummaryRow(staff.title("year_group", code), _hours(staff, code)) for code in _year_groups(staff)]
    total = SummaryRow("All year groups", _hours(staff, None))
    return Body("Year group", _TEACHING, totalled(rows, total))


_TEACHING = ("Teachers", "Teaching assistants", "Other staff")


def _year_groups(staff: Workforce) -> list[str]:
    order = list(staff.collection.code_sets["year_group"].in_force(staff.year))
    given = {line["year_group"] or "" for person in staff.people for line in person.curriculum}
    return [*(code for code in order if code in given), *sorted(given - set(order))]


def _teaching(staff: Workforce, code: str | None) -> list[list[Person]]:
    return [
        [p for p in staff.people if p.category in categories and _lines(p, code)] for _, categories in _GROUPS
    ]


def _hours(staff: Workforce, code: str | None) -> tuple[str, ...]:
    return tuple(
        hundredths(sum(as_number(line["hours"]) or 0.0 for person in group for line in _lines(person, code)))
        for group in _teaching(staff, code)
    )


def _lines(person: Person, code: str | None) -> list[Values]:
    return [line for line in person.curriculum if code is None or (line["year_group"] or "") == code]


def vacancies(staff: Workforce) -> Body:
    """Vacancies by post and subject."""
    together: dict[tuple[str, str], list[Values]] = {}
    for vacancy in staff.vacancies:
        place = staff.title("post", vacancy["post"]), staff.title("general_subject", vacancy["subject"])
        together.setdefault(place, []).append(vacancy)
    rows = [
        SummaryRow(f"{post}: {subject}" if subject != "Not given" else post, _vacancy_cells(found))
        for (post, subject), found in sorted(together.items())
    ]
    total = SummaryRow("All vacancies", _vacancy_cells(staff.vacancies))
    return Body("Post and subject", ("Vacancies", "Temporarily filled", "Advertised"), totalled(rows, total))


def _vacancy_cells(found: Sequence[Values]) -> tuple[str, ...]:
    yes = [sum(1 for v in found if (v[item] or "").lower() in ("true", "1")) for item in _VACANCY_FLAGS]
    return (count(len(found)), *(count(number) for number in yes))


_VACANCY_FLAGS = ("temporarily_filled", "advertised")


def occasional_teachers(staff: Workforce) -> Body:
    """Occasional teachers by qualified status, as the school counted them."""
    titles = {
        "qualified": "With qualified status",
        "not_qualified": "Without qualified status",
        "not_known": "Status not known",
    }
    rows = tuple(SummaryRow(title, (_summed(staff.occasional, item),)) for item, title in titles.items())
    return Body("Status", ("Headcount",), rows)


def educational_psychologists(staff: Workforce) -> Body:
    """Educational psychologists of the authority, as it counted them."""
    items = staff.collection.tables["educational_psychologists"].items
    rows = tuple(
        SummaryRow(
            item.title,
            (
                hundredths(_sum(staff.psychologists, name))
                if item.decimals
                else _summed(staff.psychologists, name),
            ),
        )
        for name, item in items.items()
    )
    return Body("Group", ("Number",), rows)


def third_party(staff: Workforce) -> Body:
    """Support staff whom an agency or another body employs, by role, as the school counted them."""
    codes = list(dict.fromkeys(row["category"] or "" for row in staff.third_party))
    rows = [
        SummaryRow(
            staff.title("role", code),
            (_summed([row for row in staff.third_party if (row["category"] or "") == code], "headcount"),),
        )
        for code in codes
    ]
    total = SummaryRow("All third-party support staff", (_summed(staff.third_party, "headcount"),))
    return Body("Role", ("Headcount",), totalled(rows, total))


def _sum(rows: Sequence[Values], item: str) -> float:
    return sum(as_number(row[item]) or 0.0 for row in rows)


def _summed(rows: Sequence[Values], item: str) -> str:
    return count(int(_sum(rows, item)))


def modules(staff: Workforce) -> Body:
    """Which parts the file says it includes."""
    items = staff.collection.tables["returns"].items_in(staff.year)
    rows = tuple(
        SummaryRow(item.title, (_included(staff.header[item.name]),))
        for item in items
        if item.name.endswith("_included")
    )
    return Body("Part of the return", ("In the file",), rows)


def _included(flag: str | None) -> str:
    return {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get((flag or "").lower(), "not said")
