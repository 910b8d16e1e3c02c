"""Write a backup: the tables at one moment, every stored file, the keys, and what vouches for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from muster.model import MusterError
from muster_web.audit.models import ChainHead
from muster_web.audit.record import record
from muster_web.operations.backup import tables
from muster_web.operations.backup.manifest import Manifest, sha256_of
from muster_web.operations.heartbeat import beat

FILES, KEYS = "files", ("secret_key", "file_keys")


@dataclass(frozen=True)
class Saved:
    """Where a backup lies and how much is in it."""

    folder: Path
    rows: int
    files: int
    bytes: int


def save(into: Path) -> Saved:
    """Write a backup into a new folder below the one named, readable by its owner alone.

    The tables are copied before the files: a file that comes in meanwhile is then one too many, never one too few.
    """
    folder = _new_folder(into)
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    rows, applied = tables.counts(), tables.migrations()
    tables.copy_out(folder)
    stored = _copy_files(folder)
    for key in KEYS:
        if (settings.DATA / key).is_file():
            shutil.copyfile(settings.DATA / key, folder / key)
    _close_to_others(folder)
    checksums = {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    now = timezone.now().isoformat(timespec="seconds")
    Manifest(now, connection.vendor, applied, rows, head.number, head.hash, checksums).write(folder)
    record("backup_made", actor="system", data={"rows": sum(rows.values()), "files": stored})
    beat("backup", name="backup", data={"files": stored})
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Saved(folder, sum(rows.values()), stored, size)


def _new_folder(into: Path) -> Path:
    folder = into / f"muster-{timezone.now():%Y%m%d-%H%M%S}"
    try:
        into.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    except FileExistsError:
        raise MusterError(f"{folder} is there already; wait a second, then try again") from None
    return folder


def _copy_files(folder: Path) -> int:
    copied = 0
    for name in stored_names():
        path = folder / FILES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(name, "rb") as file, path.open("wb") as out:
            shutil.copyfileobj(file, out, 1 << 20)
        copied += 1
    return copied


def stored_names(below: str = "") -> Iterator[str]:
    """The name of every stored file, wherever the storage is."""
    try:
        folders, files = default_storage.listdir(below)
    except FileNotFoundError:
        return
    yield from (f"{below}/{name}".lstrip("/") for name in sorted(files))
    for one in sorted(folders):
        yield from stored_names(f"{below}/{one}".lstrip("/"))


def _close_to_others(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
