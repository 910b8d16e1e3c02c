"""The doctor finds what is wrong with a deployment, says what to do, and is not content with less."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from muster_web.audit.models import AuditEvent
from muster_web.audit.record import record
from muster_web.operations.doctor import duty_checks, examine, settings_checks, state_checks
from muster_web.operations.heartbeat import alive, beat, gone, note_outcome, take_duty
from muster_web.operations.models import SignOfLife

pytestmark = pytest.mark.django_db


def test_every_check_answers_and_says_what_to_do_where_it_is_not_well() -> None:
    found = examine()
    assert len(found) == 15
    assert all(one.do for one in found.values() if one.level != "well")
    assert {name: one.level for name, one in found.items()}["HTTPS"] == "wrong"


@pytest.mark.parametrize(
    ("check", "changes", "level"),
    [
        ("secrets", {"SECRET_KEY": "short"}, "wrong"),
        ("secrets", {"SECRET_KEY": "a" * 60}, "wrong"),
        ("https", {"HTTPS": False}, "wrong"),
        ("https", {"HTTPS": True, "SITE_URL": "http://x"}, "wrong"),
        ("https", {"HTTPS": True, "SITE_URL": "https://x", "SECURE_PROXY_SSL_HEADER": ("a", "b")}, "well"),
        ("debugging", {"DEBUG": True}, "wrong"),
        ("debugging", {"DEBUG": False}, "well"),
        ("hosts", {"ALLOWED_HOSTS": ["*"]}, "wrong"),
        ("demonstration", {"DEMO": True}, "wrong"),
        ("demonstration", {"DEMO": False}, "well"),
    ],
)
def test_settings_are_looked_at(settings, check: str, changes: dict[str, object], level: str) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert getattr(settings_checks, check)().level == level


def test_a_key_others_can_read_is_wrong(settings, monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("MUSTER_SECRET_KEY", raising=False)
    settings.DATA, settings.SECRET_KEY = (
        tmp_path,
        "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz",
    )
    (tmp_path / "secret_key").write_text("x")
    (tmp_path / "secret_key").chmod(0o644)
    assert settings_checks.secrets().level == "wrong"
    (tmp_path / "secret_key").chmod(0o600)
    assert settings_checks.secrets().level == "well"


def test_tables_of_another_version_are_wrong() -> None:
    assert state_checks.database().level == "well"
    MigrationRecorder(connection).record_unapplied("operations", "0001_signs_of_life")
    assert "1 changes of the tables are not applied" in state_checks.database().found


def test_a_tampered_audit_is_wrong() -> None:
    record("a_thing", actor="system")
    assert state_checks.audit().level == "well"
    AuditEvent(number=5, at=timezone.now(), name="added", actor="x", before="y", hash="z").save()
    assert state_checks.audit().level == "wrong"


def test_a_clock_behind_the_last_event_is_wrong(monkeypatch) -> None:
    record("a_thing", actor="system")
    assert state_checks.clock().level == "well"
    past = timezone.now() - timedelta(hours=1)
    monkeypatch.setattr("muster_web.operations.doctor.state_checks.timezone.now", lambda: past)
    assert "in the future" in state_checks.clock().found


def test_a_storage_that_cannot_be_written_is_wrong(settings, tmp_path) -> None:
    (tmp_path / "a-file").write_text("in the way")
    options = {"location": tmp_path / "a-file"}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    assert state_checks.storage().level == "wrong"


def test_a_storage_is_left_as_it_was() -> None:
    assert state_checks.storage().level in ("well", "doubtful")
    assert default_storage.listdir("doctor")[1] == []


def test_workers_and_the_clock_are_missed_after_two_minutes() -> None:
    assert duty_checks.workers().level == "wrong" and duty_checks.the_clock().level == "wrong"
    beat("worker"), beat("clock")
    assert duty_checks.workers().found == "1 worker is alive" and duty_checks.the_clock().level == "well"
    SignOfLife.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert duty_checks.workers().level == "wrong" and alive("clock") == 0


def test_a_process_that_ended_as_it_should_is_not_missed_later() -> None:
    beat("worker")
    gone("worker")
    assert not SignOfLife.objects.exists()


def test_a_duty_that_failed_is_told() -> None:
    beat("clock")
    assert take_duty("take up lost checks", timedelta(minutes=1))
    note_outcome("take up lost checks", {"fault": "OSError"})
    assert duty_checks.the_clock().found == "this duty failed the last time: take up lost checks"


@pytest.mark.parametrize(("hours", "level"), [(None, "wrong"), (2, "well"), (48, "wrong")])
def test_backups_are_to_be_recent(hours: int | None, level: str) -> None:
    if hours is not None:
        beat("backup", name="backup")
        SignOfLife.objects.update(at=timezone.now() - timedelta(hours=hours))
    assert duty_checks.backups().level == level


def test_e_mail_that_goes_nowhere_is_told(settings) -> None:
    settings.EMAIL_HOST = ""
    assert state_checks.mail().level == "doubtful"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert state_checks.mail().level == "wrong"


def test_a_duty_is_taken_once_in_its_time() -> None:
    assert take_duty("a", timedelta(minutes=1)) and not take_duty("a", timedelta(minutes=1))
    SignOfLife.objects.filter(name="duty:a").update(at=timezone.now() - timedelta(minutes=2))
    assert take_duty("a", timedelta(minutes=1)) and not take_duty("a", timedelta(minutes=1))
