"""The bytes received, kept as they came: stored once under their SHA-256, and handed to the library as files."""

from __future__ import annotations

import errno
import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

from muster.model import MusterError, SourceFile

_CHUNK = 1 << 20
_LOG = logging.getLogger("muster.files")


@dataclass(frozen=True)
class Kept:
    """Where bytes lie in the storage, with their SHA-256 and their size."""

    stored: str
    sha256: str
    size: int


Look = Callable[[Iterable[bytes]], None]


def keep(chunks: Iterable[bytes], *, limit: int, look: Look | None = None) -> Kept:
    """Store bytes as they come and answer where; the same bytes are stored once.

    ``look`` sees the whole of them first, and nothing is stored of what it raises MusterError for.  Raises MusterError
    past the limit, and where they cannot be stored: then nothing of them is left.
    """
    try:
        return _keep(chunks, limit, look)
    except OSError as error:
        _LOG.error("a file that was sent cannot be stored: %s", error.strerror or type(error).__name__)
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = "there is no room left for it" if full else "the place where files are kept does not answer"
        raise MusterError(
            f"The file could not be stored, because {why}. Nothing was loaded. Try again in a few minutes; whoever "
            "runs this service has been told."
        ) from error


def _keep(chunks: Iterable[bytes], limit: int, look: Look | None) -> Kept:
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as file:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            if size > limit:
                raise MusterError(
                    f"the file is larger than {limit >> 20} MB, which is the most that is taken"
                )
            file.write(chunk)
        if look:
            look(_pieces(file))
        file.seek(0)
        return Kept(_store(file, digest.hexdigest()), digest.hexdigest(), size)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _store(file: object, sha256: str) -> str:
    name = f"received/{sha256[:2]}/{sha256}"
    if not default_storage.exists(name):
        return default_storage.save(name, File(file))  # type: ignore[arg-type]
    return name


def keep_made(name: str, content: bytes) -> str:
    """Store something Muster made under a name of its own, in place of what was begun under it before."""
    from django.core.files.base import ContentFile

    if default_storage.exists(name):
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))


def chunks_of(stored: str) -> Iterator[bytes]:
    """The bytes of a stored file, piece by piece.  Raises MusterError where they went under the retention schedule."""
    if not stored:
        raise MusterError("the file was deleted under the retention schedule; its checksum is kept")
    with default_storage.open(stored, "rb") as file:
        yield from _pieces(file)


@contextmanager
def as_source(stored: str, name: str, sha256: str, size: int) -> Iterator[SourceFile]:
    """A stored file as a local file for the library to read, called what it was called on arrival.

    Raises MusterError where the bytes are not those that were received, or went under the retention schedule.
    """
    with tempfile.TemporaryDirectory(prefix="muster-") as folder:
        path = Path(folder) / Path(name).name
        digest = hashlib.sha256()
        with path.open("wb") as out:
            for chunk in chunks_of(stored):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != sha256:
            raise MusterError(
                f"the stored bytes of {name} are not those that were received; restore a backup"
            )
        yield SourceFile(path, name, sha256, size)
