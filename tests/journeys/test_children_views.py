"""What is found in a return of children, by child and by rule: on the screen, in JSON and in the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.children_files import child, episode, file_of
from tests.command import muster
from tests.xml_returns import received

WRONG = file_of(
    child(episode(ReferralSource="1a"), Sex="f"), child(episode(PrimaryNeedCode="n1"), LAchildID="A2")
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return received(tmp_path, WRONG).path


def test_by_person_counts_what_stands_against_each_child_and_the_return_apart(path: Path) -> None:
    said = muster("check", path, "--by", "person").out
    lines = [line.split(maxsplit=1)[1] for line in said.splitlines() if line.strip().startswith("999")]
    assert [" ".join(line.split()) for line in lines] == [
        "the return as a whole 0 1 2887Q",
        "child A1 2 0 4180, 8866",
        "child A2 1 0 8650",
    ]
    assert "What to do" not in said and "Choose a code" not in said


def test_by_rule_counts_findings_and_children_with_an_example(path: Path) -> None:
    said = muster("check", path, "--by", "rule").out
    assert [line.split()[:3] for line in said.splitlines() if line.strip()[:4] in ("4180", "8650", "8866")] == [
        ["4180", "1", "1"], ["8650", "1", "1"], ["8866", "1", "1"],
    ]  # fmt: skip
    assert "'f' is not a code" in said


def test_json_says_whose_each_finding_is_and_sums_it_up(path: Path) -> None:
    answer = muster("check", path, "--json").json
    assert {(f["code"], f["person"]) for f in answer["findings"]} == {
        ("4180", "child A1"), ("8866", "child A1"), ("8650", "child A2"), ("2887Q", ""),
    }  # fmt: skip
    assert answer["by_person"][0] == {
        "return": "999", "person": "", "to_fix": 0, "to_explain": 1, "rules": ["2887Q"],
    }  # fmt: skip
    assert [one["person"] for one in answer["by_person"]] == ["", "child A1", "child A2"]


def test_the_workbook_has_a_sheet_by_person(path: Path, tmp_path: Path) -> None:
    muster("check", path, "--workbook", tmp_path / "found.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "found.xlsx")).get_sheet_by_name("By person").to_python()
    assert [row[2:] for row in rows[1:]] == [
        ["the return as a whole", 0, 1, "2887Q"],
        ["child A1", 2, 0, "4180, 8866"],
        ["child A2", 1, 0, "8650"],
    ]


def test_the_return_as_a_whole_comes_before_its_children(path: Path) -> None:
    said = muster("check", path).out
    assert said.index("return of 999") < said.index("child A1")


def test_a_record_stands_once_for_each_rule_it_breaks(path: Path) -> None:
    found = muster("check", path, "--json").json["findings"]
    assert len({(f["rule"], f["table"], f["key"]) for f in found}) == len(found)
