"""What a person is told where Spark cannot be started, and how sizes of memory are read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.command import muster

from muster.catalogue import load_collection
from muster.engines import start_engine
from muster.engines.memory import java_size, limit_of_database
from muster.engines.spark_session import java_or_complain
from muster.engines.tables import Room, start_tables_engine
from muster.model import MusterError

CHECK = ("check", "--collection", "school_workforce", "--year", "2025")


@pytest.fixture
def no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)


def old_java(folder: Path, version: str) -> None:
    """A 'java' that says it is of some version."""
    (folder / "java").write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2014-03-18' >&2\n", "utf-8")
    (folder / "java").chmod(0o755)


@pytest.mark.usefixtures("no_java")
def test_without_java_it_says_what_to_install() -> None:
    with pytest.raises(MusterError, match="needs Java 17 or later, and no 'java' was found"):
        java_or_complain()


@pytest.mark.parametrize(("version", "number"), [("1.8.0_292", 8), ("11.0.2", 11)])
@pytest.mark.usefixtures("no_java")
def test_an_older_java_is_named(tmp_path: Path, version: str, number: int) -> None:
    old_java(tmp_path, version)
    with pytest.raises(MusterError, match=f"is Java {number}$"):
        java_or_complain()


@pytest.mark.usefixtures("no_java")
def test_a_java_that_is_new_enough_will_do(tmp_path: Path) -> None:
    old_java(tmp_path, "21")
    java_or_complain()


def test_without_pyspark_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MusterError, match=r"pip install 'muster\[spark\]'"):
        start_engine("spark", load_collection("school_workforce"), 2025)


def test_the_command_says_so_without_a_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "part-0.parquet").touch()
    said = muster(*CHECK, "--tables", tmp_path, "--out", tmp_path / "out", "--engine", "spark")
    assert said.code == 2
    assert "pip install 'muster[spark]'" in said.err


def test_the_command_says_that_spark_is_starting_as_that_takes_a_while(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    asked = (*CHECK, "--tables", tmp_path, "--out", tmp_path / "out")
    assert muster(*asked, "--engine", "spark").err.startswith("Starting Spark\n")
    assert "Starting" not in muster(*asked, "--engine", "spark", "--quiet").err
    assert "Starting" not in muster(*asked, "--engine", "duckdb").err


def test_a_master_without_spark_is_refused(tmp_path: Path) -> None:
    said = muster("check", "--tables", tmp_path, "--out", tmp_path / "out", "--master", "spark://a:7077")
    assert said.code == 2
    assert "add --engine spark" in said.err


@pytest.mark.parametrize(
    ("written", "size"), [("2GB", "2000m"), ("900 MiB", "900m"), ("1t", "1000000m"), ("5k", "1m")]
)
def test_memory_is_written_as_java_does(written: str, size: str) -> None:
    assert java_size(written) == size


def test_a_size_that_is_none_is_refused() -> None:
    with pytest.raises(MusterError, match="'80%' is no amount of memory"):
        java_size("80%")


def test_the_database_leaves_room_for_the_rest_of_the_process() -> None:
    assert limit_of_database("2GB") == "1333MB"


def test_no_engine_but_those_over_tables_checks_tables(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match="choose one of duckdb, spark"):
        start_tables_engine("sqlite", load_collection("school_workforce"), 2025, tmp_path, room=Room())
