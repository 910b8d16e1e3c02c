"""Put a backup back, after every checksum of it was found right."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection

from muster.model import MusterError
from muster_web.audit.models import ChainHead
from muster_web.audit.record import record
from muster_web.audit.verify import Verdict, verify
from muster_web.config import environment
from muster_web.operations.backup import tables
from muster_web.operations.backup.manifest import Manifest, read_manifest, verify_files
from muster_web.operations.backup.saving import FILES, KEYS, stored_names
from muster_web.operations.heartbeat import alive
from muster_web.operations.models import SignOfLife


def restore(folder: Path, *, replace: bool = False) -> tuple[Manifest, Verdict]:
    """Make database and files what the backup says; the manifest, and what was found of the audit afterwards.

    Raises MusterError, with everything as it was, where the backup is damaged, of another engine or of a later version,
    where something is there already and ``replace`` is not given, or where the service is running.
    """
    manifest = read_manifest(folder)
    verify_files(folder, manifest)
    _refuse_other_engine(manifest)
    _refuse_running()
    names = list(stored_names())
    if not replace and (names or not tables.is_empty()):
        raise MusterError("there is data here already, which would be lost; say --replace if that is meant")
    tables.copy_back(folder, manifest.migrations)
    _restore_files(folder / FILES, names)
    _restore_keys(folder)
    verdict = _compare(manifest)
    SignOfLife.objects.exclude(kind__in=("duty", "backup")).delete()
    record(
        "backup_restored", actor="system", data={"made": manifest.made, "rows": sum(manifest.rows.values())}
    )
    return manifest, verdict


def _refuse_other_engine(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise MusterError(
            f"the backup is of {_called(manifest.engine)}, and this service runs on {_called(connection.vendor)}; "
            "set MUSTER_DATABASE to match"
        )


def _called(vendor: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(vendor, vendor)


def _refuse_running() -> None:
    if SignOfLife._meta.db_table not in connection.introspection.table_names():
        return
    if alive("worker") or alive("clock"):
        raise MusterError("the service is running on this database; stop it, wait two minutes, then restore")


def _restore_files(source: Path, there: list[str]) -> None:
    for name in there:
        default_storage.delete(name)
    for path in sorted(source.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                default_storage.save(path.relative_to(source).as_posix(), File(file))


def _restore_keys(folder: Path) -> None:
    """Receipts are signed and files sealed with them; one that the environment sets is the administrator's to keep."""
    for key in KEYS:
        if (folder / key).is_file() and not environment.text(key.upper()):
            shutil.copyfile(folder / key, settings.DATA / key)
            (settings.DATA / key).chmod(0o600)


def _compare(manifest: Manifest) -> Verdict:
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    if head.number < manifest.audit_events:
        return Verdict(head.number, f"the audit should hold at least {manifest.audit_events:,} events")
    return verify()
