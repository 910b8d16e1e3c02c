"""Keep the bytes somebody sends, once the scanner has let them pass."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings

from muster.model import MusterError, SourceFile
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.operations.scanning import Infected, refuse_infected
from muster_web.returns.files import Kept, keep

LONGEST_NAME = 200


def refuse_name(name: str) -> None:
    """Refuse what cannot be the name of a file, before anything is kept under it.  Raises MusterError."""
    parts_of_paths = any(one in name for one in "/\\") or any(ord(one) < 32 for one in name)
    if parts_of_paths or name.strip(". ") == "" or len(name.encode()) > LONGEST_NAME:
        raise MusterError(
            f"The name of the file has to be a plain one of at most {LONGEST_NAME} letters, such as return.xml."
        )


def keep_sent(*, viewer: Viewer, chunks: Iterable[bytes], name: str) -> Kept:
    """Store what was sent; of what the scanner refuses nothing is stored, and the audit says that it came.

    Raises MusterError where the bytes are too many, infected, or cannot be scanned or stored.
    """
    with _infected_told(viewer):
        return keep(chunks, limit=settings.UPLOAD_LIMIT, look=partial(refuse_infected, name=name))


@contextmanager
def as_passing(*, viewer: Viewer, chunks: Iterable[bytes], name: str, limit: int) -> Iterator[SourceFile]:
    """What was sent as a local file for as long as it is read: scanned as every upload is, and not kept.

    Raises MusterError where the bytes are too many, infected, or cannot be scanned.
    """
    refuse_name(name)
    with tempfile.TemporaryDirectory(prefix="muster-") as folder:
        path, digest, size = Path(folder) / name, hashlib.sha256(), 0
        with path.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise MusterError(f"The file is larger than {limit >> 20} MB; send it in parts.")
                digest.update(chunk)
                out.write(chunk)
        with _infected_told(viewer):
            refuse_infected([path.read_bytes()], name)
        yield SourceFile(path, name, digest.hexdigest(), size)


@contextmanager
def _infected_told(viewer: Viewer) -> Iterator[None]:
    """Let the audit say that an infected file came."""
    try:
        yield
    except Infected:
        organisations = [viewer.organisation.pk] if viewer.organisation else []
        record(
            "infected_file_refused",
            actor=viewer.actor,
            acting_for=viewer.acting_for,
            organisations=organisations,
        )
        raise
