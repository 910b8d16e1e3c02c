"""``muster serve`` for real: it answers, starts again what falls over, and a signal ends all of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

_OURS = {"MUSTER_DATA", "MUSTER_DATABASE", "MUSTER_SECRET_KEY", "DJANGO_SETTINGS_MODULE", "MUSTER_DEMO"}


def children(pid: int) -> dict[int, str]:
    """The processes a process has started, by their number, with their words."""
    return {
        one.pid: " ".join(one.cmdline()) for one in psutil.Process(pid).children() if one.status() != "zombie"
    }


def wait_for(what: Callable[[], object], seconds: float = 240) -> object:
    """Wait until something is true, and answer it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = what()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds} seconds for nothing")


def answers(address: str) -> bool:
    """Whether the sign-in page is answered."""
    try:
        with urlopen(address, timeout=5) as page:
            return page.status == 200
    except (URLError, OSError):
        return False


@pytest.fixture
def served(tmp_path):
    """A service of its own: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    surroundings = {name: value for name, value in os.environ.items() if name not in _OURS}
    words = [
        sys.executable,
        "-m",
        "muster.cli",
        "serve",
        "--port",
        str(port),
        "--workers",
        "1",
        "--data",
        str(tmp_path),
    ]
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(words, env=surroundings, stdout=said, stderr=said)
    yield f"http://127.0.0.1:{port}/sign-in/login/", process, tmp_path / "said"
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(40)


def test_it_serves_starts_again_what_falls_and_stops_cleanly(served) -> None:
    address, process, said = served
    wait_for(lambda: answers(address))
    worker = next(pid for pid, words in children(process.pid).items() if "operations.worker" in words)
    os.kill(worker, signal.SIGKILL)
    wait_for(
        lambda: any("operations.worker" in w for pid, w in children(process.pid).items() if pid != worker)
    )
    assert "ended by itself (code -9); it is started again" in said.read_text()
    everybody = list(children(process.pid))
    process.send_signal(signal.SIGTERM)
    assert process.wait(40) == 0
    assert not [pid for pid in everybody if psutil.pid_exists(pid)]
    assert not answers(address)
