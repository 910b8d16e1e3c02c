"""What stands beside the returns is kept as long as its schedule says, shown before it goes, and certified."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from muster.catalogue.privacy import BESIDE, load_kept_beside
from muster.model.days import months_on
from muster_web.audit.models import AuditEvent
from muster_web.performance.actions import planning
from muster_web.performance.models import Issue, Plan, Quarter
from muster_web.planning.models import Booking, Consultation, Course, Reply
from muster_web.privacy.actions.retaining import apply_schedule, hold
from muster_web.privacy.models import Certificate, Hold
from muster_web.privacy.queries.due_beside import kept_until
from muster_web.privacy.queries.due_files import preview
from muster_web.schools.actions.filing import file_document
from muster_web.schools.models import Document, Priority

pytestmark = pytest.mark.django_db(transaction=True)
MONTHS = {one.what: one.months for one in load_kept_beside()}
PLAN = b"ref,title,owner,due\n1,Staff,Director,\n"


def old(what: str):
    """A day so long ago that something of this kind goes today."""
    return months_on(timezone.localdate(), -MONTHS[what]) - timedelta(days=1)


@pytest.fixture
def document(viewers, organisations) -> Document:
    """A document that the school put into its file yesterday."""
    made = Document(school=organisations["ashcombe"], title="A letter", name="letter.txt", size=5)
    return file_document(viewer=viewers["ashcombe.preparer"], document=made, chunks=[b"Dear."])


@pytest.fixture
def plan(viewers) -> Plan:
    """A plan of Anyshire whose year ended long ago, with a file and a report that was published."""
    officer = viewers["anyshire.la_officer"]
    about = Plan(service="Admissions", directorate="Children", year=old("plans").year - 2)
    made = planning.begin_plan(viewer=officer, plan=about)
    planning.import_file(viewer=officer, plan=made, chunks=[PLAN], name="plan.csv")
    quarter = Quarter.objects.create(plan=made, part=1)
    issue = Issue.objects.create(quarter=quarter, number=1, snapshot="{}", sha256="s")
    issue.readers.add(officer.user)
    return Plan.objects.get(pk=made.pk)


@pytest.fixture
def offered(organisations) -> None:
    """A course and a consultation of long ago, with a booking and an answer, and the plan of a school."""
    authority, school = organisations["anyshire"], organisations["ashcombe"]
    course = Course.objects.create(of=authority, title="First aid", on=old("courses"), places=9)
    Booking.objects.create(course=course, school=school, seats=2)
    asked = Consultation.objects.create(of=authority, title="Places", about="?", closes=old("consultations"))
    Reply.objects.create(consultation=asked, school=school, text="Yes.")
    Priority.objects.create(school=school, plan="2019", place=1, text="Attendance")
    Priority.objects.update(at=timezone.now() - timedelta(days=73 * 31))


def test_every_line_of_the_schedule_is_asked_and_says_until_when() -> None:
    assert set(MONTHS) == set(BESIDE)
    assert kept_until("courses", timezone.localdate().replace(year=2020, month=1, day=31)).year == 2023


def test_a_document_goes_with_its_bytes_after_its_time_and_not_before(document) -> None:
    assert preview() == [] and apply_schedule().certificate is None
    Document.objects.update(at=timezone.now() - timedelta(days=73 * 31))
    [line] = preview()
    assert (line.what, line.versions, line.bytes) == ("school documents", 1, 5)
    apply_schedule()
    assert not Document.objects.exists() and not default_storage.exists(document.stored)
    [said] = Certificate.objects.get().files
    assert said == {"document": document.pk, "sha256": document.sha256, "size": 5}
    assert AuditEvent.objects.filter(name="retention_applied").count() == 1


def test_bytes_that_something_else_still_needs_stay(document, plan, viewers) -> None:
    twin = Document(school=document.school, title="The same", name="twin.txt", size=5)
    file_document(viewer=viewers["ashcombe.preparer"], document=twin, chunks=[b"Dear."])
    Document.objects.filter(pk=document.pk).update(at=timezone.now() - timedelta(days=73 * 31))
    apply_schedule()
    assert default_storage.exists(twin.stored) and Document.objects.get() == twin


def test_of_a_plan_everything_goes_but_what_was_published(plan) -> None:
    [stored] = [one["stored"] for one in plan.files]
    assert [line.what for line in preview()] == ["plans"]
    apply_schedule()
    plan.refresh_from_db()
    assert not plan.pieces.exists() and plan.files == [] and not default_storage.exists(stored)
    issue = Issue.objects.get(quarter__plan=plan)
    assert not issue.readers.exists() and preview() == []


def test_courses_consultations_and_plans_of_schools_go_unless_they_are_held(
    offered, viewers, organisations
) -> None:
    assert [line.what for line in preview()] == ["school plans", "courses", "consultations"]
    held = Hold(organisation=organisations["ashcombe"], reason="A claim.", starts=timezone.localdate())
    hold(viewer=viewers["department.collector"], hold=held)
    assert preview() == [] and apply_schedule().certificate is None
    Hold.objects.all().delete()
    apply_schedule()
    assert not any(kind.objects.exists() for kind in (Course, Booking, Consultation, Reply, Priority))


def test_the_record_of_processing_and_the_pages_say_how_long(sign_in, plan, organisations) -> None:
    client = sign_in("anyshire.la_officer")
    told = client.get(reverse("processing")).text
    assert "Beside the returns" in told and all(f"How long: {what}" in told for what in BESIDE)
    assert "consultations: 72 months" in client.get(reverse("processing_csv")).text
    assert (
        "then everything but the published reports goes" in client.get(reverse("plan", args=[plan.pk])).text
    )
    course = Course.objects.create(
        of=organisations["anyshire"], title="First aid", on=timezone.localdate(), places=9
    )
    assert "Kept with its bookings until" in client.get(reverse("course", args=[course.pk])).text
