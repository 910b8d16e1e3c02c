"""What the tests of engines share: Spark where it can run, and the sum of what was compared at the end."""

from __future__ import annotations

import os

import pytest

from muster.engines.spark_session import java_or_complain
from muster.model import MusterError
from tests.engines.comparing import EVERYTHING
from tests.engines.tally import table

# Here Spark plans much and reads little: compiling its Java to the last costs a third more than it brings.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
collect_ignore = [] if EVERYTHING else ["test_spark_on_data.py"]


@pytest.fixture(scope="session")
def spark_is_here() -> None:
    """Skip, and say so, where Spark cannot run."""
    try:
        java_or_complain()
    except MusterError as error:
        pytest.skip(f"SPARK ABSENT: {error}; this test compared nothing")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the engines were compared on."""
    lines = table()
    if lines:
        terminalreporter.section("engines compared")
        for line in lines:
            terminalreporter.line(line)
    absent = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "SPARK ABSENT" in str(report.longrepr)
    ]
    if absent:
        terminalreporter.section("SPARK ABSENT")
        terminalreporter.line(f"{len(absent)} tests of Spark compared nothing: Java 17 was not found.")
