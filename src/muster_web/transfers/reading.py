"""Look into a transfer file that came, by the library's reader, and say who is in it in marks that name nobody."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from muster.model import MusterError, SourceFile
from muster.transferring.files import Transfer as TransferFile
from muster.transferring.files import read_transfer
from muster_web.operations.sealing import seal_with
from muster_web.transfers.marks import mark_of_birth, mark_of_surname, mark_of_upn


@dataclass(frozen=True)
class Identity:
    """Who a pupil of a file is, as the file says it."""

    upn: str
    surname: str
    forename: str
    born: str
    sex: str

    @property
    def mark(self) -> str:
        """The keyed mark of the UPN."""
        return mark_of_upn(self.upn)


@dataclass(frozen=True)
class Looked:
    """What is in a transfer file, as far as a mailbox has to know."""

    version: str = ""
    partial: bool = False
    pupils: tuple[Identity, ...] = ()


@contextmanager
def as_file(content: bytes, name: str) -> Iterator[SourceFile]:
    """Bytes as a local file for the library to read; it is gone with the block."""
    with tempfile.TemporaryDirectory(prefix="muster-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield SourceFile(path, name, hashlib.sha256(content).hexdigest(), len(content))


def read(content: bytes, name: str) -> TransferFile:
    """A transfer file, read whole.  Raises MusterError where it cannot be read."""
    with as_file(content, name) as source:
        return read_transfer(source)


def look_into(content: bytes, name: str) -> Looked:
    """What is in a file that is to be sent.

    Raises MusterError where it cannot be read, or is not to be delivered: where its name and what is in it disagree,
    where it holds a pupil twice, or where it is of another version than it says.
    """
    found = read(content, name)
    refusals = found.refusals()
    if refusals:
        raise MusterError(" ".join((*refusals, "Put the name or the file right, then send it again.")))
    partial = found.document.header.get("qualifier") == "partial"
    return Looked(found.version, partial, tuple(identities(found)))


def identities(found: TransferFile) -> Iterator[Identity]:
    """Who the pupils of a file are, in its order."""
    for row in found.pupils.rows():
        said = (row.get(item) or "" for item in ("upn", "surname", "forename", "birth_date", "sex"))
        yield Identity(*said)


def lost_identity(one: Identity, wrapped: str) -> dict[str, object]:
    """What a lost pupil is searched by, as the fields of a row: keyed marks, and who it is, sealed as the file is."""
    return {
        "surname_mark": mark_of_surname(one.surname),
        "born_mark": mark_of_birth(one.born),
        "identity": seal_with(json.dumps(vars(one)).encode(), wrapped),
    }
