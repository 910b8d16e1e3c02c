"""The sample files of the children in need census, through the command: read, checked, converted and back."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from muster.cli.main import main

Said = pytest.CaptureFixture[str]
# How many rules of the census year could not be run: the header gives another reference date.
OTHER_DATE = {
    "CIN2rows", "CIN_Census_2021_copy", "CIN_Census_2021_no_assessment_factors", "CIN_Census_2024",
    "CIN_Census_2026", "CIN_header_issues_100", "fake_CIN_data",
}  # fmt: skip
SAMPLES = sorted(OTHER_DATE | {"CIN_Census_2021", "CIN_la_issues_2887Q", "cin-2022"})


def sample(shared: Path, name: str) -> Path:
    return shared / "data" / "cin" / f"{name}.xml"


def checked(path: Path, capsys: Said, *options: str) -> dict[str, Any]:
    """The answer of the command for machines."""
    assert main(["check", str(path), "--json", *options]) == 1
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def codes(answer: dict[str, Any]) -> Counter[str]:
    return Counter(finding["code"] for finding in answer["findings"])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_checked_and_its_collection_found(name: str, shared_data: Path, capsys: Said) -> None:
    answer = checked(sample(shared_data, name), capsys)
    assert answer["collection"] == "children_in_need"
    assert (codes(answer)["100"] == 1) == (name in OTHER_DATE)
    assert answer["verdict"]["to_fix"] > 0 and answer["refused"] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_rules_that_could_not_be_run_are_counted_with_the_reason(
    name: str, shared_data: Path, capsys: Said
) -> None:
    main(["check", str(sample(shared_data, name))])
    said = capsys.readouterr().out
    assert "0 broke" in said
    assert ("so the census year is not known" in said) == (name in OTHER_DATE)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_element_of_a_sample_is_unknown(name: str, shared_data: Path, capsys: Said) -> None:
    found = codes(checked(sample(shared_data, name), capsys))
    assert found["read.unknown_element"] == found["read.duplicate_element"] == 0


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_comes_back_from_tables_as_it_was(
    name: str, shared_data: Path, tmp_path: Path, capsys: Said
) -> None:
    tables, again = tmp_path / "tables", tmp_path / "again.xml"
    assert main(["convert", str(sample(shared_data, name)), str(tables)]) == 0
    assert main(["convert", str(tables), str(again)]) == 0
    lost = "Note: not part of the 2023 message, so not written" in capsys.readouterr().out
    assert lost == (name == "CIN_Census_2026")  # a block of 2026/27 under a header of 2022/23
    assert main(["diff", str(sample(shared_data, name)), str(again)]) == (1 if lost else 0)


def test_converting_writes_every_element_with_its_text(shared_data: Path, tmp_path: Path) -> None:
    path = sample(shared_data, "fake_CIN_data")
    main(["convert", str(path), str(tmp_path / "tables")])
    main(["convert", str(tmp_path / "tables"), str(tmp_path / "again.xml")])
    before, after = (Counter(map(text_of, etree.parse(p).iter())) for p in (path, tmp_path / "again.xml"))
    assert before == after and len(before) > 1000


def text_of(element: Any) -> tuple[str, str]:
    return element.tag, (element.text or "").strip().lower()


def test_the_block_of_2027_is_read_in_its_year_and_told_in_others(
    shared_data: Path, tmp_path: Path, capsys: Said
) -> None:
    path = sample(shared_data, "CIN_Census_2026")
    assert codes(checked(path, capsys))["read.other_year"] == 3
    text = path.read_text("utf-8").replace("<Year>2023</Year>", "<Year>2027</Year>")
    (tmp_path / "later.xml").write_text(text, "utf-8")
    assert codes(checked(tmp_path / "later.xml", capsys))["read.other_year"] == 0


def test_a_schema_of_the_department_is_the_first_gate(shared_data: Path, capsys: Said) -> None:
    schema = shared_data / "data" / "xsd" / "CIN_schema_2024.xsd"
    answer = checked(sample(shared_data, "CIN_Census_2026"), capsys, "--xsd", str(schema))
    faults = [finding for finding in answer["findings"] if finding["code"] == "read.schema"]
    assert all(fault["line"] and fault["severity"] == "error" for fault in faults)
    assert any("PreProceedingsandFGDM" in fault["message"] for fault in faults)
    clean = checked(sample(shared_data, "fake_CIN_data"), capsys, "--xsd", str(schema))
    assert codes(clean)["read.schema"] == 0
