"""One Spark for a process: started when first asked for, quiet, and on this machine unless told otherwise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING

from muster.engines.holidays import holidays
from muster.engines.memory import java_size
from muster.model import MusterError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[2]"
_JAVA = 17
_INSTALL = "install it with: pip install 'muster[spark]'"
_ANYWHERE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
}
# Nothing on this machine listens to another one.
_HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_STATEMENT_ENDS = re.compile(r";\n")
_COMMENT = re.compile(r"^--.*\n", re.MULTILINE)


def new_session(master: str = LOCAL, memory: str = "2GB") -> SparkSession:
    """A session of its own in the Spark of this process, with the portable functions defined.

    The first call starts Spark, which takes some ten seconds; tables and settings of sessions do not meet.
    Raises MusterError where pyspark or Java is missing, or where Spark runs on another master.
    """
    session = _spark(master, memory).newSession()
    for name, value in _ANYWHERE.items():
        if name.startswith("spark.sql."):
            session.conf.set(name, value)
    _define(session, "spark_functions.sql")
    return session


def define_working_days(session: SparkSession) -> None:
    """Number the working days for which bank holidays are known, and define the functions over them."""
    known = holidays()
    every = (known.first + timedelta(days=n) for n in range((known.last - known.first).days + 1))
    numbers = " ".join(str(bisect_right(known.working, day)) for day in every)
    values = {
        "$first": f"DATE '{known.first}'",
        "$last": f"DATE '{known.last}'",
        "$working_days_to": f"'{numbers}'",
        "$working_days": f"'{' '.join(map(str, known.working))}'",
    }
    _define(session, "spark_working_days.sql", values=values)


def _define(session: SparkSession, file: str, *, values: dict[str, str] | None = None) -> None:
    text = _COMMENT.sub("", (resources.files("muster.engines") / file).read_text(encoding="utf-8"))
    for name, value in (values or {}).items():
        text = text.replace(name, value)
    for statement in filter(str.strip, _STATEMENT_ENDS.split(text)):
        session.sql(statement)


def errors() -> tuple[type[Exception], ...]:
    """What Spark raises where a query cannot be planned or run."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def fault_of(error: Exception) -> str:
    """The first line of what Spark says of a fault."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def _spark(master: str, memory: str) -> SparkSession:
    """The Spark of this process, started if there is none; the memory is that of the process that drives it."""
    session_class = _pyspark()
    running = session_class.getActiveSession()
    if running is not None:
        if running.sparkContext.master != master:
            raise MusterError(
                f"Spark runs on {running.sparkContext.master} in this process; it cannot also run on {master}"
            )
        return running
    java_or_complain()
    settings = {**_ANYWHERE, "spark.driver.memory": java_size(memory)}
    builder = session_class.builder.appName("muster").master(master)
    for name, value in (settings | (_HERE if is_here(master) else {})).items():
        builder = builder.config(name, value)
    expected: tuple[type[Exception], ...] = (*errors(), RuntimeError, OSError)
    try:
        with _silence():
            return builder.getOrCreate()
    except expected as error:
        raise MusterError(f"Spark could not start on '{master}': {fault_of(error)}") from None


def is_here(master: str) -> bool:
    """Whether a master is this machine."""
    return master.startswith("local")


def _pyspark() -> type[SparkSession]:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MusterError(f"the engine spark needs pyspark, which is not here; {_INSTALL}") from None
    return SparkSession


def java_or_complain() -> None:
    """Raise MusterError unless a Java that Spark can use is on this machine."""
    version = _java_version()
    if version is None:
        raise MusterError(
            f"the engine spark needs Java {_JAVA} or later, and no 'java' was found; "
            "install one and set JAVA_HOME, or use --engine duckdb"
        )
    if version < _JAVA:
        raise MusterError(f"the engine spark needs Java {_JAVA} or later; '{_java()}' is Java {version}")


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else shutil.which("java")  # noqa: PTH118


def _java_version() -> int | None:
    """The number of the Java that Spark would run, or None where there is none."""
    try:
        told = subprocess.run([_java() or "", "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what Java writes while it starts off the terminal; its later words are turned off by a setting."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
