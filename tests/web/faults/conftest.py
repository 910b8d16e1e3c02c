"""One small service on disk for the tests of this folder, whose processes can be killed; each test has a school."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

SCHOOLS = 40


def at_length(*values: object, short: int) -> list[object]:
    """Parameters, of which 'make test' takes the first few for their length and 'make test-faults' all."""
    return list(values) if os.environ.get("MUSTER_FAULTS") else list(values[:short])


@dataclass
class Service:
    """A data folder and a database that processes are started on; ``school`` answers the next unused return."""

    surroundings: dict[str, str]
    unused: Iterator[tuple[int, str]] = field(default_factory=lambda: iter(()))

    def run(self, words: str, *, kill_at: str = "") -> Any:
        """The answers of a process; None where it was killed, which it must have been if it was to be."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.web.faults.process", *words.split()], check=False, text=True,
            env={**self.surroundings, "KILL_AT": kill_at}, capture_output=True, timeout=300,
        )  # fmt: skip
        if kill_at:
            assert done.returncode == -9, (
                f"it was not killed at '{kill_at}': {done.stdout}{done.stderr[-2000:]}"
            )
            return None
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, on SQLite or in a new database of the PostgreSQL that the tests run on."""
    folder = tmp_path_factory.mktemp("service")
    with_database, drop = _database_of(folder)
    surroundings = {**os.environ, "MUSTER_DATA": str(folder), "MUSTER_DATABASE": with_database}
    made = Service({**surroundings, "PYTHONPATH": str(Path(__file__).parents[3])})
    [returns] = made.run(f"make_world {SCHOOLS}")
    made.unused = iter([(pk, str(2000 + number)) for number, pk in enumerate(returns)])
    yield made
    drop()


def _database_of(folder: Path) -> tuple[str, Callable[[], object]]:
    url = os.environ.get("MUSTER_DATABASE", "")
    if not url:
        return "", lambda: None
    import psycopg

    parts, name = urlsplit(url), f"faults_{os.getpid()}"

    def tell(statement: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)

    tell(f"CREATE DATABASE {name}")
    return parts._replace(path=f"/{name}").geturl(), lambda: tell(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def school(service: Service) -> tuple[int, str]:
    """A return that no test has touched, and the number of its school."""
    return next(service.unused)
