"""Have uploads scanned by ClamAV (clamd's INSTREAM); where scanning is set up and cannot be done, nothing is taken."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable

from django.conf import settings

from muster.model import MusterError

_SECONDS = 60


class Infected(MusterError):
    """The scanner found something."""


def refuse_infected(chunks: Iterable[bytes], name: str) -> None:
    """Raise Infected where the scanner finds something, and MusterError where it cannot be reached.

    Where none is set up, do nothing.
    """
    if not settings.CLAMD:
        return
    try:
        answer = _scan(chunks)
    except OSError:
        raise MusterError(
            f"{name} could not be scanned for viruses, so it was not taken. Try again in a few minutes."
        ) from None
    if not answer.endswith("OK"):
        raise Infected(f"{name} was refused: the virus scanner found something in it. Tell your IT support.")


def _scan(chunks: Iterable[bytes]) -> str:
    host, _, port = settings.CLAMD.rpartition(":")
    with socket.create_connection((host or "127.0.0.1", int(port)), timeout=_SECONDS) as connection:
        connection.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        return connection.makefile("rb").read().rstrip(b"\0\n ").decode()
