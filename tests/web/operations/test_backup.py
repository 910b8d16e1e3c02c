"""A backup holds everything and vouches for it; it goes back whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from muster.model import MusterError
from muster_web.accounts.models import Organisation
from muster_web.audit.models import AuditEvent
from muster_web.audit.verify import verify
from muster_web.operations.backup import restore, save
from muster_web.operations.backup.manifest import NAME
from muster_web.operations.backup.saving import stored_names
from muster_web.operations.heartbeat import beat
from muster_web.operations.models import SignOfLife
from muster_web.returns.actions.uploading import receive
from muster_web.returns.files import chunks_of
from muster_web.returns.models import Finding, Return, Version
from tests.web.files import WRONG, return_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def files(settings, tmp_path) -> Path:
    """A storage of its own."""
    options = {"location": tmp_path / "files", "file_permissions_mode": 0o600}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    return tmp_path / "files"


@pytest.fixture
def loaded(files, viewers, rounds, returns) -> Return:
    """A return that was loaded."""
    receive(
        viewer=viewers["ashcombe.preparer"],
        round=rounds["statutory"],
        chunks=[return_of(WRONG)],
        name="swc.xml",
    )
    return Return.objects.get(pk=returns["ashcombe"].pk)


@pytest.fixture
def backup(loaded, tmp_path) -> Path:
    """A backup of that."""
    return save(tmp_path / "backups").folder


def state() -> dict[str, object]:
    """What a restore has to bring back."""
    return {
        "findings": list(Finding.objects.order_by("pk").values("fingerprint", "values", "message")),
        "returns": list(Return.objects.order_by("pk").values("pk", "state", "to_fix", "current")),
        "files": {name: b"".join(chunks_of(name)) for name in stored_names()},
        "audit": list(AuditEvent.objects.order_by("number").values_list("number", "at", "hash")),
    }


def test_a_round_trip_brings_everything_back(loaded, tmp_path) -> None:
    before = state()
    folder = save(tmp_path / "backups").folder
    Finding.objects.all().delete()
    Organisation.objects.filter(pk=loaded.organisation_id).update(name="Changed since")
    for name in list(stored_names()):
        default_storage.delete(name)
    manifest, verdict = restore(folder, replace=True)
    after = state()
    extra = after["audit"][len(before["audit"]) :]
    assert {**after, "audit": after["audit"][: len(before["audit"])]} == before
    assert verdict.fault == "" and verify().fault == ""
    assert manifest.rows["returns_finding"] == len(before["findings"]) > 0
    assert len(extra) == 1 and AuditEvent.objects.last().name == "backup_restored"


def test_numbering_goes_on_after_a_restore(backup, organisations) -> None:
    restore(backup, replace=True)
    made = Organisation.objects.create(kind="trust", name="Came later")
    assert made.pk > max(one.pk for one in organisations.values())


def test_a_backup_is_its_owners_alone(backup) -> None:
    assert not backup.stat().st_mode & 0o077
    assert not [
        path
        for path in backup.rglob("*")
        if path.is_file() and path.name != NAME and path.stat().st_mode & 0o077
    ]


def test_data_that_are_there_are_not_replaced_unasked(backup) -> None:
    with pytest.raises(MusterError, match="say --replace if that is meant"):
        restore(backup)
    assert Version.objects.count() == 1


@pytest.mark.parametrize("harm", ["changed", "removed"])
def test_a_damaged_backup_is_refused_and_nothing_changes(backup, harm: str) -> None:
    [victim] = [path for path in (backup / "files" / "received").rglob("*") if path.is_file()]
    victim.unlink() if harm == "removed" else victim.write_bytes(b"other")
    before = state()
    with pytest.raises(MusterError, match="Nothing was restored"):
        restore(backup, replace=True)
    assert state() == before


def test_an_unfinished_backup_is_refused(backup) -> None:
    (backup / NAME).unlink()
    with pytest.raises(MusterError, match="holds no finished backup"):
        restore(backup, replace=True)


def test_a_backup_of_another_engine_or_of_a_later_version_is_refused(backup) -> None:
    said = json.loads((backup / NAME).read_text())
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    (backup / NAME).write_text(json.dumps({**said, "engine": other}))
    with pytest.raises(MusterError, match="set MUSTER_DATABASE to match"):
        restore(backup, replace=True)
    (backup / NAME).write_text(
        json.dumps({**said, "migrations": [*said["migrations"], ["returns", "9999_later"]]})
    )
    with pytest.raises(MusterError, match="made by a later version of Muster"):
        restore(backup, replace=True)


def test_a_running_service_is_not_restored_over(backup) -> None:
    beat("worker")
    with pytest.raises(MusterError, match="the service is running on this database"):
        restore(backup, replace=True)


def test_a_backup_is_noted_for_the_doctor(backup) -> None:
    assert SignOfLife.objects.get(name="backup").data == {"files": len(list(stored_names()))}
