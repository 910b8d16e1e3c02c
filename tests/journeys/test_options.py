"""What the options of a build and a check promise beyond the usual way."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from tests.command import muster, refused
from tests.journeys.conftest import Anyshire


def test_a_build_into_the_authoritys_own_folder_does_not_read_what_it_wrote(
    anyshire: Path, tmp_path: Path
) -> None:
    shutil.copytree(anyshire, tmp_path / "anyshire")
    first = muster("build", tmp_path / "anyshire")
    again = muster("build", tmp_path / "anyshire")
    assert (tmp_path / "anyshire" / "out" / "findings.xlsx").exists()
    assert again.out.splitlines()[0].startswith(first.out.splitlines()[0])
    assert [line for line in again.err.splitlines() if "collect" in line] == [
        line for line in first.err.splitlines() if "collect" in line
    ]


def test_explanations_taken_in_go_only_beside_the_return_they_are_about(
    copied: Anyshire, tmp_path: Path
) -> None:
    sheet = tmp_path / "queries.csv"
    muster("check", copied.out / "returns", "--export-notes", sheet)
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    explained = {**rows[0], "explanation": "Asked and confirmed."}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(explained))
        writer.writeheader()
        writer.writerow(explained)
    muster("check", copied.out / "returns", "--import-notes", sheet)
    holding = [
        p for p in copied.out.glob("returns/*.notes.toml") if "Asked and confirmed." in p.read_text("utf-8")
    ]
    assert holding == [copied.xml(explained["return"]).with_suffix(".notes.toml")]


def test_splink_adds_only_proposals(copied: Anyshire) -> None:
    before = {path.name: path.read_bytes() for path in copied.out.glob("returns/*.xml")}
    rows = len((copied.out / "proposals.csv").read_text("utf-8-sig").splitlines())
    copied.build("--splink")
    assert len((copied.out / "proposals.csv").read_text("utf-8-sig").splitlines()) >= rows
    people = {name: content.count(b"<SchoolWorkforceMember>") for name, content in before.items()}
    now = {p.name: p.read_bytes().count(b"<SchoolWorkforceMember>") for p in copied.out.glob("returns/*.xml")}
    assert now == people


def test_an_authority_of_fewer_schools_than_phases_is_refused(tmp_path: Path) -> None:
    assert "needs 6 schools or more" in refused("sample", tmp_path / "few", "--schools", "3")
