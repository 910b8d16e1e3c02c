"""Explanations of a set of files: written beside it, taken in, and carried to a corrected set in another folder.

All rules of this return are errors.  One that an authority has agreed with the department not to hold against
itself is downgraded in its local settings; then it is a query, and queries are explained.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from tests.command import muster, refused
from tests.looked_after_files import HEADER, SETTINGS, write_set

UNNAMED = SETTINGS[:4]  # without the authority's number
AGREED = '[rules.165]\ndowngraded = "agreed with the department"\n'


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A set with one error that was downgraded."""
    (tmp_path / "local.toml").write_text(AGREED, "utf-8")
    return write_set(tmp_path / "first", header=(HEADER, "C1,F,26/05/2016,WBRI,A85020000001A,2,"))


def explained(sheet: Path) -> None:
    """Fill in every row of a sheet of queries."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "explanation": "Seen the record.", "by": "Data team"} for row in rows)


@pytest.mark.parametrize("settings", [SETTINGS, UNNAMED])
def test_an_explanation_is_taken_in_and_carried_to_a_corrected_set(
    wrong: Path, tmp_path: Path, settings: tuple[str, ...]
) -> None:
    local, sheet = ("--local", tmp_path / "local.toml"), tmp_path / "queries.csv"
    said = muster("check", wrong, *settings, *local, "--export-notes", sheet, "--quiet")
    assert said.first_line.startswith("0 to fix, 1 to explain")
    explained(sheet)
    said = muster("check", wrong, *settings, *local, "--import-notes", sheet, "--quiet")
    assert said.first_line.startswith("Nothing to fix, nothing to explain, 1 explained")
    again = muster("check", wrong, *settings, *local, "--quiet")
    assert ", 1 explained" in again.first_line, "the notes file beside the set keeps it"
    corrected = shutil.copytree(wrong, tmp_path / "second")
    said = muster("check", corrected, *settings, *local, "--import-notes", sheet, "--quiet")
    assert ", 1 explained" in said.first_line
    assert (tmp_path / "second.notes.toml").exists()


def test_notes_are_written_beside_the_set_and_explain_it(wrong: Path, tmp_path: Path) -> None:
    muster("check", wrong, *SETTINGS, "--local", tmp_path / "local.toml", "--notes", "--quiet")
    notes = tmp_path / "first.notes.toml"
    assert 'rule = "165"' in notes.read_text("utf-8")
    notes.write_text(
        notes.read_text("utf-8").replace('explanation = ""', 'explanation = "So it is."'), "utf-8"
    )
    found = muster("check", wrong, *SETTINGS, "--local", tmp_path / "local.toml", "--json").json["findings"]
    assert [f["explanation"] for f in found if f["code"] == "165"] == ["So it is."]


def test_the_notes_beside_a_set_are_no_table_of_it(wrong: Path, tmp_path: Path) -> None:
    muster("check", wrong, *SETTINGS, "--local", tmp_path / "local.toml", "--notes", "--quiet")
    assert muster("check", wrong, *SETTINGS, "--quiet").first_line.startswith("1 to fix, 0 to explain")


def test_a_set_in_a_zip_has_no_place_for_notes(wrong: Path, tmp_path: Path) -> None:
    zipped = shutil.make_archive(str(tmp_path / "set"), "zip", wrong)
    assert "Unpack the zip" in refused("check", zipped, *SETTINGS, "--notes")
