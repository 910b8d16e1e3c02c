"""What a backup says of itself: when it was made, of which engine and tables, and the checksum of every file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from muster.model import MusterError

NAME = "manifest.json"
FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """``files`` gives the SHA-256 of each file of the backup by its path; ``migrations`` its state of the tables."""

    made: str
    engine: str
    migrations: list[list[str]]
    rows: dict[str, int]
    audit_events: int
    audit_hash: str
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it into the backup; it comes last, so that a backup without one is unfinished."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup.  Raises MusterError where the folder holds none."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = Manifest(**said)
    except FileNotFoundError:
        raise MusterError(f"{folder} holds no finished backup: there is no {NAME} in it") from None
    except (ValueError, TypeError):
        raise MusterError(f"{folder / NAME} cannot be read; take another backup") from None
    if manifest.format != FORMAT:
        raise MusterError(f"{folder} is a backup of another version of Muster (format {manifest.format})")
    return manifest


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Raise MusterError where a file of the backup is missing or not as it was written."""
    for name, wanted in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise MusterError(
                f"the backup is not whole: {name} is missing. Nothing was restored; take another backup"
            )
        if sha256_of(path) != wanted:
            raise MusterError(
                f"the backup is damaged: {name} is not as it was written. Nothing was restored; take another backup"
            )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
