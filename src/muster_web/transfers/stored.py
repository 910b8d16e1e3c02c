"""The sealed bytes of files between schools: stored under a name that says nothing, and opened for who may."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from muster.model import MusterError
from muster_web.operations.sealing import seal, unseal
from muster_web.transfers.models import Transfer


def gather(chunks: Iterable[bytes], name: str, *, most: int) -> bytes:
    """The bytes of a file that is being sent.  Raises MusterError where there are more than so many, or none."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        if len(held) > most:
            raise MusterError(f"{name} is larger than {most >> 20} MB, which is the most that is taken.")
    if not held:
        raise MusterError(f"{name} is empty.")
    return bytes(held)


def store_sealed(content: bytes) -> tuple[str, str]:
    """Seal and store bytes; the name they are stored under and their wrapped key."""
    sealed = seal(content)
    name = f"transfers/{uuid.uuid4().hex}"
    return default_storage.save(name, ContentFile(sealed.content)), sealed.key


def bytes_of(transfer: Transfer) -> bytes:
    """The bytes of a file as they came.  Raises MusterError where they went or cannot be opened."""
    if transfer.is_gone:
        raise MusterError(f"{transfer.name} was deleted under the retention schedule; its checksum is kept.")
    return unsealed(transfer.stored, transfer.sealed_key)


def unsealed(stored: str, key: str) -> bytes:
    """What was sealed and stored.  Raises MusterError where it cannot be opened."""
    with default_storage.open(stored, "rb") as file:
        return unseal(file.read(), key)


def remove(stored: str) -> None:
    """Delete stored bytes that nothing refers to."""
    if stored and default_storage.exists(stored):
        default_storage.delete(stored)
