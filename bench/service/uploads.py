"""Files sent at an even pace to a real deployment on loopback: one web process, two workers and the clock.

The sender is one more process on the same cores.  It waits for no answer before it sends the next file, so that a
service that cannot keep up shows as a queue.
"""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

from django.conf import settings
from django.db import connections
from django.urls import reverse

from bench.measure import OUT
from bench.school import YEAR
from bench.service import world
from bench.service.pages import signed_in
from muster.catalogue import load_collection
from muster.exchange import file_name, write_xml
from muster.sample._anyshire import invent_authority
from muster.sample._returns import one_return
from muster.sample._shape import YearShape
from muster_web.accounts.roles import Role
from muster_web.returns.models import Event, MachineRun, Return, Version

STAFF, A_MINUTE, BAR = 40, 60, 50
_DRAINED_IN = 90
_BOUNDARY = "a-boundary-of-the-bench"
_TOKEN = "b" * 32


@dataclass(frozen=True)
class Sent:
    """What became of one file that was sent: the answer and how long it took."""

    status: int
    seconds: float


class _Stay(HTTPRedirectHandler):
    """The answer to an upload is a redirect, which is not followed."""

    def redirect_request(self, *_: object) -> None:
        return None


def measured(seconds: int) -> Iterator[tuple[object, ...]]:
    """The one row: sent, taken in and checked per minute, the queue when sending ended, and what was lost."""
    owed = (
        Return.objects.filter(round=world.round_of("dry_run")).select_related("organisation").order_by("pk")
    )
    found = list(owed[: seconds * A_MINUTE // 60])
    ready = [(_request_of(one), _cookies(one)) for one in found]
    with _served() as port:
        start = time.monotonic()
        with ThreadPoolExecutor(8) as senders:
            waiting = [
                senders.submit(_send, port, words, cookies, start + number * 60 / A_MINUTE)
                for number, (words, cookies) in enumerate(ready)
            ]
            sent = [one.result() for one in waiting]
        minutes = (time.monotonic() - start) / 60
        taken = sum(one.status == 302 for one in sent)
        checked, queue = _checked(), _queue()
        _drain()
    lost, twice = taken - _checked(), _repeated()
    met = taken == len(found) and taken / minutes >= BAR and queue <= 5 and not lost and not twice
    slowest = sorted(one.seconds for one in sent)[int(len(sent) * 0.95)]
    yield (
        len(found), f"{minutes * 60:.0f}", f"{taken / minutes:.0f}", f"{checked / minutes:.0f}",
        f"{slowest * 1000:.0f}", queue, lost, twice, "met" if met else "NOT MET",
    )  # fmt: skip


def _checked() -> int:
    return Version.objects.filter(subject__round=world.round_of("dry_run"), outcome="checked").count()


def _queue() -> int:
    return MachineRun.objects.filter(ended=None).count()


def _repeated() -> int:
    """How many returns have more than one version, or more than one event of being loaded."""
    owed = Return.objects.filter(round=world.round_of("dry_run"))
    loaded = Event.objects.filter(subject__in=owed, name="return_loaded").values_list("subject", flat=True)
    versions = Version.objects.filter(subject__in=owed).values_list("subject", flat=True)
    return sum(len(rows) - len(set(rows)) for rows in (list(loaded), list(versions)))


def _drain() -> None:
    until = time.monotonic() + _DRAINED_IN
    while _queue() and time.monotonic() < until:
        time.sleep(0.5)


@contextmanager
def _served() -> Iterator[int]:
    """The deployment, once it answers; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    connections.close_all()
    words = [sys.executable, "-m", "muster.cli", "serve", "--port", str(port), "--workers", "2", "--quiet"]
    process = subprocess.Popen([*words, "--data", str(settings.DATA)])
    try:
        _wait_for_answer(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait_for_answer(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}/sign-in/login/", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise SystemExit("the service did not answer")


def _file() -> bytes:
    """The return of an invented school of about 40 staff."""
    collection = load_collection(world.COLLECTION)
    shape = YearShape(collection, YEAR)
    truth = invent_authority(shape, seed=1, schools=20)
    ref, people = next((r, p) for r in truth.about_schools if len(p := list(truth.at(r))) >= STAFF)
    one = one_return(shape, ref, people[:STAFF], truth.about_schools[ref])
    OUT.mkdir(exist_ok=True)
    path: Path = OUT / f"upload-{file_name(collection, one)}"
    write_xml(collection, one, path)
    return path.read_bytes()


_CONTENT: list[bytes] = []


def _request_of(subject: Return) -> tuple[str, bytes]:
    """Where the file of a school is sent, and the form with it."""
    _CONTENT.extend([] if _CONTENT else [_file()])
    content = re.sub(rb"<LEA>\d+</LEA>", f"<LEA>{subject.organisation.la_code}</LEA>".encode(), _CONTENT[0])
    content = re.sub(rb"<Estab>\d+</Estab>", f"<Estab>{subject.organisation.estab}</Estab>".encode(), content)
    parts = (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{_TOKEN}\r\n'
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="return.xml"\r\n'
        "Content-Type: text/xml\r\n\r\n"
    )
    body = parts.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
    return reverse("upload", args=[subject.pk]), body


def _cookies(subject: Return) -> str:
    session = signed_in(world.person(Role.PREPARER, subject.organisation)).cookies["sessionid"].value
    return f"sessionid={session}; csrftoken={_TOKEN}"


def _send(port: int, words: tuple[str, bytes], cookies: str, at: float) -> Sent:
    """Send one file when its time has come."""
    time.sleep(max(0.0, at - time.monotonic()))
    start = time.monotonic()
    headers = {"Cookie": cookies, "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
    asked = Request(f"http://127.0.0.1:{port}{words[0]}", data=words[1], headers=headers)
    try:
        with build_opener(_Stay).open(asked, timeout=60) as answer:
            status = answer.status
    except HTTPError as error:
        status = error.code
    except (URLError, OSError):
        status = 0
    return Sent(status, time.monotonic() - start)
