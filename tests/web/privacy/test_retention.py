"""What was kept long enough is shown before it goes, goes with a certificate, and leaves the proof of what was sent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from muster.model import MusterError
from muster.model.days import months_on
from muster.submit.states import NotAllowed
from muster_web.audit.models import AuditEvent
from muster_web.audit.verify import verify
from muster_web.privacy.actions.retaining import apply_by_clock, apply_schedule, end_hold, hold
from muster_web.privacy.models import Certificate, Hold
from muster_web.privacy.queries.due_files import preview
from muster_web.returns.actions.building import send_part
from muster_web.returns.actions.checking import inspect
from muster_web.returns.actions.explaining import say
from muster_web.returns.actions.uploading import receive
from muster_web.returns.files import as_source
from muster_web.returns.models import Build, Event, Finding, Message, Part, Return, Round, Upload, Version
from tests.web.files import WRONG, return_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ashcombe(viewers, rounds, returns) -> Return:
    """A return of two versions, with something said about it."""
    preparer = viewers["ashcombe.preparer"]
    for content in (return_of(WRONG), return_of()):
        receive(viewer=preparer, round=rounds["statutory"], chunks=[content], name="swc.xml")
    subject = Return.objects.select_related("round", "current").get(pk=returns["ashcombe"].pk)
    say(viewer=preparer, subject=subject, text="Look at the hours, please.")
    return subject


def long_ago(subject: Return, months: int) -> None:
    """Let the round of a return have closed so many months and a day ago."""
    closed = months_on(timezone.localdate(), -months) - timedelta(days=1)
    Round.objects.filter(pk=subject.round_id).update(closes=closed, opens=closed, census_day=closed)


def stored(version: Version) -> bool:
    """Whether the bytes of a version are there."""
    return bool(version.stored) and default_storage.exists(version.stored)


def test_nothing_is_due_while_a_round_runs(ashcombe) -> None:
    assert preview() == []
    assert apply_schedule().certificate is None


def test_superseded_versions_go_first_and_the_current_one_stays(ashcombe) -> None:
    long_ago(ashcombe, 12)
    [line] = preview()
    assert (line.what, line.versions, line.returns, line.said) == ("superseded versions", 1, 1, 0)
    applied = apply_schedule()
    first, second = ashcombe.versions.order_by("number")
    assert applied.deleted == 1 and not stored(first) and stored(second)
    assert first.sha256 and Message.objects.count() == 1 and Finding.objects.filter(subject=ashcombe).exists()
    assert preview() == []


def test_after_six_years_everything_personal_goes_and_the_proof_stays(ashcombe) -> None:
    names = [version.stored for version in ashcombe.versions.all()]
    long_ago(ashcombe, 72)
    assert {line.what for line in preview()} == {"superseded versions", "returns"}
    apply_schedule()
    assert not [name for name in names if default_storage.exists(name)]
    assert not Finding.objects.filter(subject=ashcombe).exists() and not Message.objects.exists()
    assert not Event.objects.exclude(comment="").exists() and Event.objects.filter(subject=ashcombe).exists()
    assert not Upload.objects.exclude(stored="").exists() and all(v.sha256 for v in Version.objects.all())
    assert verify().fault == ""


def test_the_files_a_return_was_built_from_go_with_it(ashcombe, viewers) -> None:
    preparer = viewers["ashcombe.preparer"]
    part = send_part(
        viewer=preparer, subject=ashcombe, kind="mis", name="staff.csv", chunks=[b"Name\nAda Allright\n"]
    )
    Build.objects.create(subject=ashcombe, told=["Row 2 names Ada Allright"])
    long_ago(ashcombe, 71)
    apply_schedule()
    assert default_storage.exists(part.stored) and Build.objects.exists()
    long_ago(ashcombe, 72)
    apply_schedule()
    assert (
        not default_storage.exists(part.stored) and not Build.objects.exists() and not Part.objects.exists()
    )
    files = Certificate.objects.latest("pk").files
    assert part.sha256 in {one["sha256"] for one in files} and "staff" not in str(files)


def test_what_was_refused_whole_goes_with_the_returns_it_was_sent_for(ashcombe, viewers, rounds) -> None:
    sent = receive(
        viewer=viewers["ashcombe.preparer"], round=rounds["statutory"], chunks=[b"PK no zip"], name="ada.zip"
    )
    sent.refresh_from_db()
    assert sent.refused and default_storage.exists(sent.stored)
    Upload.objects.filter(pk=sent.pk).update(at=timezone.now() - timedelta(days=72 * 31))
    long_ago(ashcombe, 72)
    apply_schedule()
    after = Upload.objects.get(pk=sent.pk)
    assert after.stored == "" and "ada" not in after.name and not default_storage.exists(sent.stored)


def test_the_certificate_says_what_went_and_nothing_of_it(ashcombe) -> None:
    long_ago(ashcombe, 72)
    certificate = apply_schedule().certificate
    assert certificate is not None and Certificate.objects.count() == 1
    assert {one["sha256"] for one in certificate.files} == set(
        Version.objects.values_list("sha256", flat=True)
    )
    assert AuditEvent.objects.filter(name="retention_applied", data__sha256=certificate.sha256).exists()
    assert "Look at the hours" not in str(certificate.lines) + str(certificate.files)


def test_a_file_that_went_is_said_to_have_gone(ashcombe) -> None:
    long_ago(ashcombe, 72)
    apply_schedule()
    version = ashcombe.versions.first()
    with (
        pytest.raises(MusterError, match="deleted under the retention schedule"),
        as_source(version.stored, version.name, version.sha256, version.size),
    ):
        pass


def test_its_pages_say_so_too(ashcombe, sign_in) -> None:
    mark = inspect(ashcombe.current).records.people()[0].identity
    long_ago(ashcombe, 72)
    apply_schedule()
    client = sign_in("ashcombe.preparer")
    assert client.get(reverse("return_page", args=[ashcombe.pk])).status_code == 200
    for address in (
        reverse("record", args=[ashcombe.pk, mark]),
        reverse("download", args=[ashcombe.pk, "original"]),
    ):
        answer = client.get(address)
        assert answer.status_code == 403 and "retention schedule" in answer.content.decode()


@pytest.mark.parametrize("of", ["organisation", "round"])
def test_what_is_held_stays_until_the_hold_ends(ashcombe, viewers, of: str) -> None:
    collector = viewers["department.collector"]
    long_ago(ashcombe, 72)
    kept = hold(viewer=collector, hold=Hold(**{of: getattr(ashcombe, of)}, reason="A claim"))
    assert preview() == [] and apply_schedule().certificate is None
    end_hold(viewer=collector, hold=kept)
    assert len(preview()) == 2


def test_bytes_that_another_return_needs_stay(ashcombe, viewers, rounds) -> None:
    """The practice round got the same file; it is younger."""
    receive(
        viewer=viewers["ashcombe.preparer"], round=rounds["practice"], chunks=[return_of()], name="swc.xml"
    )
    long_ago(ashcombe, 72)
    apply_schedule()
    [practised] = Version.objects.exclude(stored="")
    assert stored(practised)


def test_practice_goes_three_months_after_it_came(viewers, rounds) -> None:
    receive(
        viewer=viewers["ashcombe.preparer"], round=rounds["practice"], chunks=[return_of()], name="swc.xml"
    )
    assert preview() == []
    old = timezone.now() - timedelta(days=100)
    Version.objects.update(at=old)
    Return.objects.update(last_event=old)
    assert [(line.what, line.versions) for line in preview()] == [("practice", 1)]
    apply_schedule()
    assert not Finding.objects.exists()


def test_only_the_department_holds_and_nothing_goes_before_its_day(ashcombe, viewers) -> None:
    with pytest.raises(NotAllowed, match="Only the department"):
        hold(viewer=viewers["anyshire.approver"], hold=Hold(round=ashcombe.round, reason="Why not"))
    with pytest.raises(NotAllowed, match="A day in the future"):
        apply_schedule(on=timezone.localdate() + timedelta(days=1))


def test_the_clock_deletes_only_where_the_deployment_says_so(ashcombe, settings) -> None:
    long_ago(ashcombe, 72)
    assert apply_by_clock() == 0 and Certificate.objects.count() == 0
    settings.RETENTION_BY_CLOCK = True
    assert apply_by_clock() == 2


def test_months_are_counted_as_people_count_them() -> None:
    assert months_on(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert months_on(date(2026, 1, 15), -12) == date(2025, 1, 15)
    assert months_on(date(2024, 2, 29), -72) == date(2018, 2, 28)
    assert months_on(date(2026, 12, 31), -1) == date(2026, 11, 30)
