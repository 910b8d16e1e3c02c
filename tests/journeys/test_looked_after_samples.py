"""The sample files of looked-after children through the command: every rule is run or says why not, and none breaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import refused

from muster.cli.main import main

Said = pytest.CaptureFixture[str]
COLLECTION = ("--collection", "looked_after")


def checked(capsys: Said, *arguments: str) -> dict[str, Any]:
    """The answer of the command for machines."""
    assert main(["check", *arguments, "--json"]) in (1, 2)
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def outcomes(answer: dict[str, Any], outcome: str) -> dict[str, str]:
    """The rules with an outcome, each with its reason."""
    return {o["rule"]: o["reason"] for o in answer["rules"] if o["outcome"] == outcome}


@pytest.mark.parametrize("year", [2023, 2026, 2027])
def test_the_set_runs_every_rule_or_says_why_not(year: int, shared_data: Path, capsys: Said) -> None:
    answer = checked(capsys, str(shared_data / "data" / "s903"), *COLLECTION, "--year", str(year))
    assert outcomes(answer, "broke") == {}
    assert all(outcomes(answer, "not run").values())
    assert "no previous return" in outcomes(answer, "not run").values()


def test_the_xml_file_is_known_by_its_outermost_element(shared_data: Path, capsys: Said) -> None:
    path = str(shared_data / "data" / "s903" / "fake_903.xml")
    answer = checked(capsys, path, "--year", "2024", "--authority", "999")
    assert (answer["collection"], answer["returns"]) == ("looked_after", ["999"])
    assert outcomes(answer, "broke") == {}


def test_last_years_return_lets_the_rules_that_compare_run(shared_data: Path, capsys: Said) -> None:
    path = str(shared_data / "data" / "s903" / "fake_903.xml")
    without = checked(capsys, path, "--year", "2024", "--all-stages")
    beside = checked(capsys, path, "--year", "2024", "--all-stages", "--previous", path)
    lacking = {rule for rule, why in outcomes(without, "not run").items() if why == "no previous return"}
    assert len(lacking) > 20
    assert not lacking & set(outcomes(beside, "not run"))


@pytest.mark.parametrize(("source", "target"), [("s903/fake_903.xml", "tables"), ("s903", "one.xml")])
def test_the_two_forms_are_not_converted_and_the_reason_is_said(
    source: str, target: str, shared_data: Path, tmp_path: Path
) -> None:
    said = refused("convert", shared_data / "data" / source, tmp_path / target, *COLLECTION)
    assert "is not converted" in said and "muster check" in said
    assert not (tmp_path / target).exists()


def test_the_xml_form_is_known_without_the_name_of_its_collection(shared_data: Path, tmp_path: Path) -> None:
    assert "is not converted" in refused(
        "convert", shared_data / "data/s903/fake_903.xml", tmp_path / "tables"
    )
