"""Run the processes of a deployment together: start them, start again what falls over, and stop them all cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from muster.model import MusterError

_PATIENCE = 30.0
_TOO_SOON = 5.0
_MOST_FALLS = 5


@dataclass
class Process:
    """One process of the deployment, by the name people are told and the words that start it."""

    name: str
    words: Sequence[str]
    running: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    falls: int = 0

    def start(self) -> None:
        """Start it in a session of its own, so that a Ctrl-C reaches it through us alone."""
        self.began = time.monotonic()
        self.running = subprocess.Popen(self.words, start_new_session=True)

    def fell(self) -> bool:
        """Whether it has ended by itself."""
        return self.running is not None and self.running.poll() is not None


def refuse_taken_port(host: str, port: int) -> None:
    """Raise MusterError where nothing can listen on the address, saying why and what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise MusterError(
                f"port {port} may only be used by the administrator; name one from 1024 on with --port"
            ) from None
        except socket.gaierror:
            raise MusterError(
                f"'{host}' is no address of this machine; leave --host out for this machine alone"
            ) from None
        except OSError as error:
            why = "is used by something else" if error.errno == 98 else f"cannot be used ({error.strerror})"
            raise MusterError(f"{host}:{port} {why}; stop that, or name another port with --port") from None


@dataclass
class Together:
    """Processes that live and end together."""

    processes: Sequence[Process]
    say: Callable[[str], None]
    stopping: bool = field(default=False, init=False)

    def run(self) -> int:
        """Start all, watch over them, and stop all when told to; 0 after a clean stop, 2 when one kept falling over."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        code = 0
        try:
            for one in self.processes:
                one.start()
            while not self.stopping:
                time.sleep(0.2)
                code = self._look_after()
                if code:
                    break
        finally:
            self._stop()
        return code

    def _asked_to_stop(self, *_: object) -> None:
        self.stopping = True

    def _look_after(self) -> int:
        for one in self.processes:
            if not one.fell() or self.stopping:
                continue
            assert one.running is not None
            one.falls = one.falls + 1 if time.monotonic() - one.began < _TOO_SOON else 1
            if one.falls >= _MOST_FALLS:
                self.say(
                    f"{one.name} ended {one.falls} times as soon as it was started; what it said stands above"
                )
                return 2
            self.say(f"{one.name} ended by itself (code {one.running.returncode}); it is started again")
            time.sleep(min(one.falls, 3) * 0.3)
            one.start()
        return 0

    def _stop(self) -> None:
        left = [one for one in self.processes if one.running is not None and one.running.poll() is None]
        for one in left:
            assert one.running is not None
            one.running.terminate()
        until = time.monotonic() + _PATIENCE
        for one in left:
            assert one.running is not None
            try:
                one.running.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{one.name} did not stop in {_PATIENCE:.0f} seconds and was ended")
                os.killpg(one.running.pid, signal.SIGKILL)


def python(*words: str) -> list[str]:
    """The words that start this Python with others."""
    return [sys.executable, *words]
