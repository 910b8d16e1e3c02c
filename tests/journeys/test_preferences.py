"""An authority's preferences returns through the commands: invent, check, publish, follow a figure, convert."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import refused

from muster.cli.main import main

Said = pytest.CaptureFixture[str]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "sent"
    options = ("--collection", "school_preferences", "--year", "2014", "--children", "400", "--quiet")
    assert main(["sample", str(folder), *options]) == 0
    return folder


def test_a_return_is_known_by_its_header_and_checked_against_the_register(sent: Path, capsys: Said) -> None:
    path = str(sent / "999_preferences_2014_secondary.xml")
    capsys.readouterr()
    main(["check", path, "--schools", str(sent / "schools.csv"), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["collection"] == "school_preferences_secondary"
    main(["check", path])
    assert "no register of schools" in capsys.readouterr().out


def test_what_is_published_comes_from_the_records(sent: Path, capsys: Said) -> None:
    capsys.readouterr()
    assert main(["report", str(sent), "--schools", str(sent / "schools.csv"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    rates = {one["figure"]: one for one in answer["figures"] if one["return"] == "all"}
    assert 0 < rates["first_preference"]["value"] <= rates["top_three"]["value"] <= 100
    assert rates["first_preference"]["denominator"] == rates["applicants"]["numerator"]
    assert {one["return"] for one in answer["figures"]} == {"all", "999 primary", "999 secondary"}
    offers = sum(row[-1] for row in answer["tables"]["schools"]["rows"])
    assert offers == rates["any_preferred"]["numerator"] + rates["not_preferred"]["numerator"]


def test_a_figure_is_followed_to_its_records(sent: Path, capsys: Said) -> None:
    capsys.readouterr()
    main(["report", str(sent), "--behind", "first_preference", "--json"])
    records = json.loads(capsys.readouterr().out)
    main(["report", str(sent), "--json"])
    figures = {
        one["figure"]: one for one in json.loads(capsys.readouterr().out)["figures"] if one["return"] == "all"
    }
    assert len(records) == figures["first_preference"]["numerator"]
    assert all(one["line"] for one in records)


def test_files_are_written_for_spreadsheets_and_browsers(sent: Path, tmp_path: Path) -> None:
    assert main(["report", str(sent), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"school_preferences.xlsx", "figures.csv", "schools.csv", "figures.html"}


def test_converting_there_and_back_changes_nothing(sent: Path, tmp_path: Path) -> None:
    path = sent / "999_preferences_2014_primary.xml"
    assert main(["convert", str(path), str(tmp_path / "tables")]) == 0
    assert main(["convert", str(tmp_path / "tables"), str(tmp_path / "again.xml")]) == 0
    assert (tmp_path / "again.xml").read_bytes() == path.read_bytes()


def test_a_file_of_a_collection_without_figures_is_told_so(sent: Path) -> None:
    said = refused("report", sent, "--collection", "common_transfer_file")
    assert "no figures are defined" in said
