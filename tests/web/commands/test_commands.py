"""The commands of the service as they are typed: one command with the library's, no traceback for what is set wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from muster.cli.main import COMMANDS, OF_THE_SERVICE
from tests.command import muster, refused

WITHOUT_DJANGO = """
import sys
sys.modules["django"] = None
import importlib, importlib.util
real = importlib.util.find_spec
main = importlib.import_module("muster.cli.main")
main.find_spec = lambda name: None if name == "django" else real(name)
sys.exit(main.main({words}))
"""


def alone(*words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with a folder and settings of its own."""
    ours = {"MUSTER_DATA", "MUSTER_DATABASE", "MUSTER_SECRET_KEY", "DJANGO_SETTINGS_MODULE", "MUSTER_DEMO"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "-m", "muster.cli", *words],
        env={**kept, **surroundings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_of_the_service_has_a_module() -> None:
    folder = Path(__file__).parents[3] / "src" / "muster_web" / "commands"
    assert set(COMMANDS) >= OF_THE_SERVICE
    assert not [name for name in OF_THE_SERVICE if not (folder / f"{name}.py").is_file()]


@pytest.mark.parametrize("name", sorted(OF_THE_SERVICE))
def test_help_needs_no_django_and_running_without_it_says_what_to_install(name: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO.format(words=[name, "--help"])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0 and f"muster {name}" in said.stdout
    words = {
        "register": [name, "x.csv"],
        "push": [name, "x.xml", "--to", "http://127.0.0.1:9/api/v1/rounds/1"],
        "load": [name, "x"],
        "backup": [name, "x"],
        "begin": [name, "x"],
        "restore": [name, "x"],
        "audit": [name, "verify"],
        "figures": [name, "verify"],
        "retention": [name, "preview"],
    }
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO.format(words=words.get(name, [name]))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (
        said.returncode == 2 and "pip install 'muster[web]'" in said.stderr and "Traceback" not in said.stderr
    )


def test_a_setting_that_cannot_be_is_one_line(tmp_path) -> None:
    said = alone("doctor", "--data", str(tmp_path), MUSTER_DATABASE="mysql://x")
    assert said.returncode == 2 and said.stderr.count("\n") == 1
    assert "MUSTER_DATABASE must begin with postgresql://" in said.stderr


def test_a_database_that_is_away_is_one_line_and_the_doctor_still_looks(tmp_path) -> None:
    away = "postgresql://nobody@127.0.0.1:1/none"
    said = alone("audit", "verify", "--data", str(tmp_path), MUSTER_DATABASE=away)
    assert (
        said.returncode == 2
        and "the database cannot be reached" in said.stderr
        and "Traceback" not in said.stderr
    )
    doctor = alone("doctor", "--data", str(tmp_path), MUSTER_DATABASE=away)
    assert doctor.returncode == 1 and "the database cannot be reached" in doctor.stdout
    assert "could not be looked at" in doctor.stdout


def test_a_folder_without_a_service_is_said(tmp_path) -> None:
    said = alone("backup", str(tmp_path / "to"), "--data", str(tmp_path / "data"))
    assert said.returncode == 2 and "there is no service in this database yet" in said.stderr


def test_serving_refuses_what_cannot_be(tmp_path) -> None:
    assert "from 1 on" in refused("serve", "--workers", "0")
    assert "on this machine only" in refused("serve", "--demo", tmp_path, "--host", "0.0.0.0")
    assert "holds no demo; make it with" in refused("serve", "--demo", tmp_path)


def test_a_taken_port_is_said_before_anything_is_made(tmp_path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = muster("serve", "--port", str(port), "--data", tmp_path / "data")
    assert said.code == 2 and "is used by something else" in said.err
    assert not (tmp_path / "data").exists()
