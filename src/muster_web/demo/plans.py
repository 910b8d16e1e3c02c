"""The plan of the demo's authority, and a quarter of it: figures computed from the returns sent, most lines written."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from muster.performance import Period, quarter_of
from muster_web.accounts.viewer import Viewer
from muster_web.demo.story import OPEN_FOR, Told
from muster_web.performance.actions import planning, quarters
from muster_web.performance.actions.computing import compute
from muster_web.performance.models import Line, Narrative, Plan, Quarter, Treatment

_PEOPLE, _DATA = "Head of people", "Head of workforce data"
# Reference, title, last year, the quarter before, target, figure, office, what is said of it.
_INDICATORS = (
    ("LI 12", "Reduce the days lost to sickness for each teacher", "2.9", "2.7", "2.2",
     "school_workforce.sickness_days_per_teacher", _PEOPLE, "Managers have been trained in return-to-work interviews."),
    ("LI 13", "Reduce teacher turnover (%)", "9.4", "8.6", "9.0", "school_workforce.teacher_turnover", _PEOPLE,
     "Exit interviews are offered to everybody who leaves."),
    ("LI 14", "Reduce teacher vacancies for every hundred teachers", "3.9", "3.5", "1.5",
     "school_workforce.teacher_vacancies", _PEOPLE, ""),
    ("LI 15", "Increase teachers with qualified teacher status (%)", "96.1", "96.4", "96.0",
     "school_workforce.teachers_qualified", _PEOPLE, "Those without are on the way to it."),
    ("LI 4", "Increase statutory returns on time (%)", "91", "94", "95", "service.returns_on_time", _DATA,
     "Schools are written to before each closing day."),
    ("LI 8", "Increase applicants offered a school they preferred (%)", "95.2", "95.2", "96.0",
     "school_preferences_secondary.any_preferred", _DATA, "Two schools take one form more from next year."),
    ("LI 6", "Increase major returns of schools made electronically (%)", "83", "90", "95",
     "service.major_returns_electronic", _DATA, "Every school now sends a file."),
)  # fmt: skip
_KEY = ("LI 12", "LI 4")
_TREE = """ref,title,owner,due,evidence,depends on
1,The workforce of our schools,Director of children's services,,,
1.1,Know the workforce of every school,{data},,,
1.1.1,Build the census returns from MIS and payroll,,{early},Returns of every school,
1.1.2,Agree days with every payroll provider,,{late},Letters,1.1.1
1.2,Keep and support teachers,{people},,,
1.2.1,Offer exit interviews to all leavers,,{early},Register of interviews,
1.2.2,Agree a plan for hard-to-fill subjects,,{middle},,1.2.1
1.2.2a,Ask heads what they need,,{early},Notes of the meeting,
"""
_SAID_OF_MILESTONES = {
    "1.1.1": "Every school has its return; what they say stands in {section:key_indicators}.",
    "1.2.1": "In use in every school.",
    "1.2.2": "Heads asked for more time; a first draft is with them.",
    "1.2.2a": "Heads met twice.",
}
_TREATMENTS = (
    (
        "risk",
        "R1",
        "Payroll files arrive late: agree days with every provider",
        _DATA,
        "Providers have agreed.",
    ),
    ("action", "E1", "Ask again where ethnicity is not known", _PEOPLE, "Every school was asked."),
)


def tell(told: Told) -> str:
    """Make the plan, open the quarter in which the rounds close, compute its figures, and say what was done."""
    officer, owner = told.viewers["officer@anyshire.example"], told.viewers["people@anyshire.example"]
    period = quarter_of(timezone.localdate() + OPEN_FOR)
    plan = _plan(officer, owner, period)
    quarter = quarters.open_quarter(
        viewer=officer, plan=plan, part=period.part, comments_by=timezone.localdate() + timedelta(days=14)
    )
    figures = compute(quarter=quarter, by=officer.user)
    _write(officer, owner, quarter)
    return f"{quarter}: {len(figures)} figures computed from returns, one line left to write, then sign and publish"


def _plan(officer: Viewer, owner: Viewer, period: Period) -> Plan:
    about = Plan(
        service="School workforce", directorate="Children and young people", year=period.year, tolerance=5
    )
    plan = planning.begin_plan(viewer=officer, plan=about)
    for name, text in (("plan.csv", _tree(period)), ("indicators.csv", _table(plan, period))):
        planning.import_file(viewer=officer, plan=plan, chunks=[text.encode()], name=name)
    named = {one[0]: one for one in _INDICATORS}
    for one in plan.indicators.all():
        said = {"figure": named[one.ref][5], "owner": named[one.ref][6], "key": one.ref in _KEY}
        planning.describe_indicator(viewer=officer, indicator=one, said=said)
    for kind, ref, title, office, _ in _TREATMENTS:
        planning.add_treatment(
            viewer=officer, treatment=Treatment(plan=plan, kind=kind, ref=ref, title=title, owner=office)
        )
    assert owner.user and officer.user, "people of the demo can sign in"
    planning.appoint(viewer=officer, plan=plan, office=_PEOPLE, user=owner.user)
    planning.appoint(viewer=officer, plan=plan, office=_DATA, user=officer.user)
    return plan


def _tree(period: Period) -> str:
    early, middle = period.starts - timedelta(days=40), period.starts + timedelta(days=20)
    return _TREE.format(
        data=_DATA, people=_PEOPLE, early=early, middle=middle, late=period.ends + timedelta(days=60)
    )


def _table(plan: Plan, period: Period) -> str:
    """The indicators with the year before, this year's target, and the quarter before where it is of this year."""
    before = period.whole_year.before
    with_quarter = period.part > 1
    headings = ["Ref", "Definition", f"Actual {before}", f"Target {plan.in_words}"]
    rows = [[ref, title, last, target] for ref, title, last, _, target, *_ in _INDICATORS]
    if with_quarter:
        headings.append(f"Quarter {period.part - 1}")
        rows = [[*row, one[3]] for row, one in zip(rows, _INDICATORS, strict=True)]
    return "\n".join(",".join(row) for row in [headings, *rows]) + "\n"


def _write(officer: Viewer, owner: Viewer, quarter: Quarter) -> None:
    comments = {one[0]: one[7] for one in _INDICATORS}
    treated = {one[1]: one[4] for one in _TREATMENTS}
    for line in quarter.lines.select_related("indicator", "piece", "treatment"):
        said: dict[str, object] = {"comment": "As planned."}
        if line.indicator:
            said = {"comment": comments[line.indicator.ref], "checked_by": "Data officer"}
        elif line.piece:
            said = {"comment": _SAID_OF_MILESTONES.get(line.piece.ref, ""), "done_on": _done(line)}
        elif line.treatment:
            said = {"comment": treated[line.treatment.ref], "light": "green"}
        quarters.write_line(
            viewer=owner if line.owner == _PEOPLE else officer, line=line, seen=line.edition, said=said
        )
    text = "The census was built from the exports of three management information systems and three payrolls."
    quarters.narrate(
        viewer=officer,
        narrative=Narrative(
            quarter=quarter, kind="development", title="Returns from what schools hold", text=text
        ),
    )


def _done(line: Line) -> date | None:
    """A milestone that is due before the quarter was done nine days before."""
    due = line.piece.due_on if line.piece else None
    early = due is not None and due < line.quarter.period.starts
    return due - timedelta(days=9) if due and early else None
