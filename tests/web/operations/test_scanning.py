"""Uploads are scanned where a scanner is set up; what it finds is refused, and so is everything while it is away."""

from __future__ import annotations

import hashlib
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.core.files.storage import default_storage

from muster.model import MusterError
from muster_web.audit.models import AuditEvent
from muster_web.operations.doctor.state_checks import scanner
from muster_web.operations.scanning import refuse_infected
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import Upload
from tests.web.files import return_of

# Stands in for the harmless test file every scanner knows; the scanner of these tests looks for it.
INFECTED = b"EVERY-SCANNER-FINDS-THIS"


class Scanner(socketserver.BaseRequestHandler):
    """Speaks clamd's INSTREAM and PING; keeps what it was sent."""

    seen: ClassVar[list[bytes]] = []

    def handle(self) -> None:
        """Answer one command."""
        command = self._until(b"\0")
        if command == b"zPING":
            self.request.sendall(b"PONG\0")
            return
        content = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(size)
        self.seen.append(content)
        self.request.sendall(b"stream: Test-Signature FOUND\0" if INFECTED in content else b"stream: OK\0")

    def _until(self, mark: bytes) -> bytes:
        said = b""
        while not said.endswith(mark):
            said += self.request.recv(1)
        return said[:-1]

    def _exactly(self, size: int) -> bytes:
        said = b""
        while len(said) < size:
            said += self.request.recv(size - len(said))
        return said


@pytest.fixture
def clamd(settings) -> Iterator[list[bytes]]:
    """A scanner on loopback; answers what it was sent."""
    Scanner.seen = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield Scanner.seen
        server.shutdown()


@pytest.fixture
def away(settings) -> None:
    """A scanner that is set up and does not answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMD = f"127.0.0.1:{free.getsockname()[1]}"


def test_without_a_scanner_nothing_is_scanned(settings) -> None:
    settings.CLAMD = ""
    refuse_infected([INFECTED], "swc.xml")
    assert scanner().level == "doubtful"


def test_a_clean_file_passes_and_was_sent_whole(clamd) -> None:
    refuse_infected([b"clean ", b"content"], "swc.xml")
    assert clamd == [b"clean content"]
    assert scanner().level == "well"


def test_an_infected_file_is_refused_by_name(clamd) -> None:
    with pytest.raises(MusterError, match=r"^swc\.xml was refused: the virus scanner found something in it"):
        refuse_infected([b"x" * 70_000, INFECTED], "swc.xml")


def test_while_the_scanner_is_away_nothing_is_taken(away) -> None:
    with pytest.raises(MusterError, match="could not be scanned for viruses, so it was not taken"):
        refuse_infected([b"clean"], "swc.xml")
    assert scanner().level == "wrong"


@pytest.mark.django_db(transaction=True)
def test_an_infected_upload_leaves_no_trace(clamd, viewers, rounds) -> None:
    content = return_of() + b"<!-- " + INFECTED + b" -->"
    with pytest.raises(MusterError, match="virus scanner"):
        receive(
            viewer=viewers["ashcombe.preparer"], round=rounds["statutory"], chunks=[content], name="swc.xml"
        )
    assert not Upload.objects.exists() and not default_storage.exists(stored_as(content))
    [told] = AuditEvent.objects.filter(name="infected_file_refused")
    assert told.organisations == f",{viewers['ashcombe.preparer'].organisation.pk},"


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_scanned_is_not_stored_either(away, viewers, rounds) -> None:
    content = return_of() + b"<!-- nobody has looked at this -->"
    with pytest.raises(MusterError, match="could not be scanned"):
        receive(
            viewer=viewers["ashcombe.preparer"], round=rounds["statutory"], chunks=[content], name="swc.xml"
        )
    assert not default_storage.exists(stored_as(content))


def stored_as(content: bytes) -> str:
    """Where bytes are stored."""
    sha256 = hashlib.sha256(content).hexdigest()
    return f"received/{sha256[:2]}/{sha256}"
