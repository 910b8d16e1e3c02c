"""What stands in the files of the demo's schools: censuses authorised, a visit, a concern, a plan, good practice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from muster.model.words import count_of
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.demo.school_lists import fill_lists
from muster_web.demo.story import Told, authorise_some
from muster_web.planning.actions.training import book, note_attendance, offer_course
from muster_web.planning.models import Course
from muster_web.returns.models import Round
from muster_web.schools.actions.noting import write_note
from muster_web.schools.actions.planning import confirm_themes, take_plan
from muster_web.schools.models import Note

_CENSUSES = 6
_PLAN = """\
Every pupil in Year 1 reads with phonics
Fewer absences on Fridays
Subject leaders plan together
"""


def fill(told: Told, census: Round) -> str:
    """Authorise some censuses, let officer and head write into the file of the journey's school; what was done."""
    school, officer = told.place.schools[told.journey.ref], told.viewers["officer@anyshire.example"]
    counted = authorise_some(told, census, most=_CENSUSES)
    others = (*counted, *told.place.schools.values())
    another = next(one for one in others if not one.is_academy and one != school)
    _write(officer, school, another)
    head = told.of_school("head", told.journey.ref)
    priorities = take_plan(viewer=head, school=school, plan="This year", text=_PLAN)
    confirm_themes(viewer=officer, school=school, chosen={one.pk: one.theme for one in priorities[:2]})
    _train(officer, head, told.of_school("preparer", another.ref))
    fill_lists(told, another, census)
    return f"{count_of(len(counted), 'school census', 'school censuses')} authorised, files of schools filled"


def _write(officer: Viewer, school: Organisation, another: Organisation) -> None:
    on = timezone.localdate() - timedelta(days=9)
    visit = Note(
        school=school, kind=Note.Kind.VISIT, title="Autumn visit", theme="attendance", judgement="developing", on=on,
        text="Registers are complete by ten. Fridays are the weak day in Years 5 and 6.",
        actions="The attendance lead rings on the first day, from now on; looked at again in six weeks.",
        minutes=90, shared=True,
    )  # fmt: skip
    practice = Note(
        school=another, kind=Note.Kind.GOOD_PRACTICE, title="First-day calls", theme="attendance", on=on, shared=True,
        text="Absence on Fridays halved in two terms.", agreed=True, link="https://practice.example/first-day-calls",
    )  # fmt: skip
    concern = Note(
        school=another, kind=Note.Kind.CONCERN, title="Falling roll", on=on - timedelta(days=200), shared=True,
        text="A third of the places of Year 7 are empty for the second year.",
    )  # fmt: skip
    for one in (visit, practice, concern):
        write_note(viewer=officer, note=one)


def _train(officer: Viewer, head: Viewer, other: Viewer) -> None:
    """One course that was today and was attended, and one to come with somebody on the waiting list."""
    today = timezone.localdate()
    held = offer_course(viewer=officer, course=_course("Attendance: the first day", "attendance", today, 12))
    came = book(viewer=head, course=held, seats=2)
    note_attendance(viewer=officer, course=held, came={came.pk: 2})
    later = today + timedelta(days=40)
    ahead = offer_course(viewer=officer, course=_course("Phonics for all", "reading and writing", later, 4))
    book(viewer=head, course=ahead, seats=3)
    book(viewer=other, course=ahead, seats=2)


def _course(title: str, theme: str, on: date, places: int) -> Course:
    return Course(
        title=title, theme=theme, on=on, places=places, about="For whoever leads it in the school.",
        venue="Anyshire training centre", fixed=Decimal(180), each=Decimal("12.50"), price=Decimal(75),
    )  # fmt: skip
