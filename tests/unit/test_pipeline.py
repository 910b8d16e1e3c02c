"""The pipeline: its stages in order, what it says of files that are not there, and what it leaves unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.building import sent
from muster.collect import gather
from muster.model import MusterError
from muster.pipeline import STAGES, Built, build

HEADINGS = "Staff Code,DfE Number,Teacher Number,Family Name,Given Name,National Insurance Number,Gender,"
HEADINGS += "Date of birth,Contract/Agreement Type,Start Date,End Date,Post"
ANNE = "S1,999/2001,0000012,Smith,Anne,AB111111A,F,01/02/1980,PRM,01/09/2010,,Classroom Teacher Main Range"
SETTINGS = """collection = "school_workforce"
year = 2025
[authority]
name = "Anyshire"
number = "999"
[[source]]
files = "mis/*.csv"
kind = "mis"
name = "Staff export"
mapping = "sims_personnel"
[[source]]
files = "payroll/*.csv"
kind = "payroll"
name = "County payroll"
mapping = "itrent_payroll"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An authority of one school with one teacher and no payroll."""
    made = tmp_path / "anyshire"
    (made / "mis").mkdir(parents=True)
    (made / "muster.toml").write_text(SETTINGS, encoding="utf-8")
    (made / "schools.csv").write_text("LA,Estab,Name\n999,2001,Abbey Primary School\n", encoding="utf-8")
    (made / "mis" / "staff.csv").write_text(f"{HEADINGS}\n{ANNE}\n", encoding="utf-8")
    return made


def built(folder: Path) -> tuple[Built, list[str]]:
    """What a build made, and the stages it told of."""
    told: list[str] = []
    return build(folder, folder / "out", progress=lambda stage, _text: told.append(stage)), told


def test_every_stage_is_told_of_once_in_order(folder: Path) -> None:
    assert tuple(built(folder)[1]) == STAGES


def test_a_source_without_files_is_noted_and_the_rest_is_built(folder: Path) -> None:
    made, _ = built(folder)
    (notice,) = [notice for notice in made.notices if notice.code == "build.no_files"]
    assert "'payroll/*.csv' of County payroll" in notice.message and "muster.toml" in notice.fix
    assert made.refused == () and list(made.linked.returns) == ["999/2001"]


def test_a_file_that_cannot_be_read_is_told_of_beside_what_was_built(folder: Path) -> None:
    (folder / "payroll").mkdir()
    (folder / "payroll" / "june.csv").write_bytes(b"")
    made, _ = built(folder)
    assert len(made.refused) == 1 and "payroll/june.csv" in made.refused[0]
    assert list(made.linked.returns) == ["999/2001"]


def test_a_second_build_says_what_changed_and_the_first_does_not(folder: Path) -> None:
    assert built(folder)[0].resolution.changes is None
    changes = built(folder)[0].resolution.changes
    assert changes and not changes.fixed and not changes.new and changes.still


def test_a_build_of_nobody_is_refused_and_writes_nothing(folder: Path) -> None:
    (folder / "mis" / "staff.csv").write_text(f"{HEADINGS}\n", encoding="utf-8")
    with pytest.raises(MusterError, match=r"nothing to build.*headings and no rows"):
        built(folder)
    assert not (folder / "out").exists()


def test_neither_the_set_up_nor_an_earlier_build_counts_as_sent(folder: Path, tmp_path: Path) -> None:
    for name in ("out/to_key.csv", "out/copy.csv", "outer.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("a\n", encoding="utf-8")
    found = sent(gather([folder], unpack_to=tmp_path / "unpacked"), folder, folder / "out")
    assert [file.name for file in found.files] == ["mis/staff.csv", "outer.csv"]
    assert found.notices == ()
