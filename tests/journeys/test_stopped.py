"""A disk that is full, and a person who presses Ctrl-C: nothing half-written is left, and running again goes on."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.command import muster, refused
from tests.journeys.conftest import GOOD, Anyshire, Sent


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without room, which says so when what was written is to be kept."""

    def no_room(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_what_the_build_before_wrote(copied: Anyshire) -> None:
    before = contents(copied.out)
    told = refused("build", copied.folder, "--out", copied.out, "--quiet")
    assert "No space left on device" in told and "Nothing half-written is left" in told
    assert contents(copied.out) == before


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_nothing_of_a_first_build(anyshire: Path, tmp_path: Path) -> None:
    refused("build", anyshire, "--out", tmp_path / "out", "--quiet")
    assert not contents(tmp_path)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("option", ["--workbook", "--csv", "--parquet", "--findings", "--export-notes"])
def test_a_full_disk_leaves_no_half_written_findings(option: str, built: Anyshire, tmp_path: Path) -> None:
    told = refused("check", built.xml("999/1001"), option, tmp_path / "findings.out")
    assert told.startswith("findings.out could not be written") and not contents(tmp_path)


@pytest.mark.parametrize("writer", ["write_xml", "write_workbook", "write_notes", "write_file_notes"])
def test_a_build_stopped_while_writing_goes_on_when_run_again(
    writer: str, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent.file("staff.csv", GOOD)
    where = "muster.reporting" if writer in {"write_workbook", "write_notes"} else "muster.pipeline"

    def stop(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(f"{where}.{writer}", stop)
        said = sent.build()
    assert said.code == 2 and "Stopped. Nothing half-written is left; run the command again" in said.err
    assert not list(sent.out.rglob("*.part"))
    assert sent.build().code == 1 and sent.people == 1
    assert (sent.out / "file_notes.csv").exists() and len(list(sent.out.glob("summaries/*"))) == 2


def many_returns(built: Anyshire, folder: Path) -> Path:
    """Returns enough for work on every core: one large one under many school numbers."""
    text = built.xml("999/4601").read_text(encoding="utf-8")
    folder.mkdir()
    for number in range(48):
        returned = text.replace("<Estab>4601</Estab>", f"<Estab>{4000 + number}</Estab>", 1)
        (folder / f"{number}.xml").write_text(returned, encoding="utf-8")
    return folder


def test_ctrl_c_stops_a_check_on_every_core_with_one_line_and_leaves_no_worker(
    built: Anyshire, tmp_path: Path
) -> None:
    folder = many_returns(built, tmp_path / "returns")
    program = [sys.executable, "-c", "import sys; from muster.cli import main; sys.exit(main())"]
    with subprocess.Popen(
        [*program, "check", folder], stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as running:
        assert wait_for(lambda: len(in_session(running.pid)) > 2), "no workers were started"
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the command and to its workers
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (2, b"")
    assert err.decode().startswith("muster: Stopped.") and err.count(b"\n") == 1
    assert wait_for(lambda: not in_session(running.pid)), "workers were left behind"


def in_session(leader: int) -> list[int]:
    """The processes that still run in the session of a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(words[3]) == leader and words[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_for(happens: object) -> bool:
    """Whether something comes true within fifteen seconds."""
    assert callable(happens)
    end = time.monotonic() + 15
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.05)
    return False


def test_a_check_on_every_core_finds_what_a_check_of_each_return_finds(
    built: Anyshire, tmp_path: Path
) -> None:
    folder = many_returns(built, tmp_path / "returns")
    together = muster("check", folder, "--json").json
    own = [f for f in together["findings"] if f["return"] == "999/4007" and f["scope"] != "authority"]
    alone = muster("check", folder / "7.xml", "--json").json["findings"]
    assert [f["fingerprint"] for f in own] == [f["fingerprint"] for f in alone]
    assert len(together["returns"]) == 48
