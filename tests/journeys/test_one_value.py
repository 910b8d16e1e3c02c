"""One value of a written return is broken by hand: exactly the findings one would expect appear."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.command import Said, muster
from tests.journeys.conftest import Anyshire

# What is changed in the file, first place only, and the rules that must then find something: no more, no less.
BREAKS = {
    "a wrong ethnicity": (r"<Ethnicity>WBRI<", "<Ethnicity>WBRT<", ["4220"]),
    "no birth date": (r"\s*<PersonBirthDate>[^<]*</PersonBirthDate>", "", ["4190"]),
    "a day that never was": (
        r"<PersonBirthDate>[^<]*<", "<PersonBirthDate>1984-02-30<", ["members.birth_date.type"],
    ),
    "an unknown contract type": (r"<ContractType>PRM<", "<ContractType>QQQ<", ["4310"]),
    "a pound sign": (r"<BasePay>[^<]*<", "<BasePay>£12,096.24<", ["4530"]),
    "pay far too low": (r"<BasePay>[^<]*<", "<BasePay>1<", ["4545Q"]),
    "no days lost": (r"\s*<WorkingDaysLost>[^<]*</WorkingDaysLost>", "", ["absence_without_days_lost"]),
    "an unknown element": (r"<Sex>F<", "<Hat>blue</Hat><Sex>F<", ["read.unknown_element"]),
    "an element twice": (r"<Sex>F</Sex>", "<Sex>F</Sex><Sex>F</Sex>", ["read.duplicate_element"]),
    "99 hours a week": (r"<HoursPerWeek>[^<]*<", "<HoursPerWeek>99<", ["4545Q", "6530Q"]),
    "a short NI number": (r"<NINumber>PP[^<]*<", "<NINumber>PP12A<", ["4150"]),
    "no family name": (r"\s*<PersonFamilyName>[^<]*</PersonFamilyName>", "", ["4110"]),
    "a contract not yet begun": (
        r"<ContractStart>[^<]*<", "<ContractStart>2035-09-01<", ["4355", "absence_outside_contracts"],
    ),
    "a person twice": (
        r"(?s)(<SchoolWorkforceMember>.*?</SchoolWorkforceMember>)", r"\1\1",
        ["6510", "6510", "same_name_and_birth_date", "same_name_and_birth_date"],
    ),
}  # fmt: skip


@pytest.fixture
def school(built: Anyshire, tmp_path: Path) -> Path:
    """The return of the nursery school, to be broken."""
    return shutil.copy(built.xml("999/1001"), tmp_path / "return.xml")


@pytest.fixture(scope="module")
def whole(built: Anyshire) -> Said:
    """The same return as it was written, checked."""
    return muster("check", built.xml("999/1001"), "--json")


def broken(path: Path, was: str, now: str) -> int:
    """Change the first such place of a file by hand; the line it is on."""
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(was, now, text, count=1)
    assert count == 1, f"nothing in the return looks like {was}"
    path.write_text(changed, encoding="utf-8")
    found = re.search(was, text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_value_is_found_and_nothing_else_changes(name: str, school: Path, whole: Said) -> None:
    was, now, expected = BREAKS[name]
    broken(school, was, now)
    after = muster("check", school, "--json")
    new = [f["code"] for f in after.json["findings"] if f["fingerprint"] not in whole.fingerprints]
    assert sorted(new) == expected
    assert whole.fingerprints <= after.fingerprints, "a finding went away"


def test_a_finding_names_the_person_the_value_and_the_line(school: Path, whole: Said) -> None:
    line = broken(school, r"<Ethnicity>[^<]*<", "<Ethnicity>WBRT<")
    after = muster("check", school, "--json").json["findings"]
    (new,) = [f for f in after if f["fingerprint"] not in whole.fingerprints]
    assert new["values"] == {"ethnicity": "WBRT"} and "'WBRT'" in new["message"]
    assert ", born " in new["record"]
    # The line is that of the record, which starts a few lines above the value.
    assert line - 15 < new["line"] <= line


def test_declaring_absences_as_not_included_leaves_one_question_about_them(school: Path, whole: Said) -> None:
    broken(school, r"<AbsencesIncluded>true<", "<AbsencesIncluded>false<")
    after = muster("check", school, "--json")
    gone = [f for f in whole.json["findings"] if f["fingerprint"] not in after.fingerprints]
    assert gone and {f["table"] for f in gone} == {"absences"}
    new = [f["code"] for f in after.json["findings"] if f["fingerprint"] not in whole.fingerprints]
    assert new == ["absences_though_not_included"]


def test_the_first_line_of_a_check_is_the_verdict_on_that_return(school: Path, whole: Said) -> None:
    broken(school, r"<Ethnicity>[^<]*<", "<Ethnicity>WBRT<")
    before = whole.json["verdict"]
    said = muster("check", school)
    expected = f"{before['to_fix'] + 1} to fix, {before['to_explain']} to explain"
    assert said.first_line == f"{expected}: 999/1001, 2025"
    assert said.code == 1


def test_a_return_with_nothing_wrong_ends_with_exit_code_0(built: Anyshire) -> None:
    said = muster("check", built.xml("999/1101"))
    assert said.first_line == "Nothing to fix, nothing to explain: 999/1101, 2025"
    assert said.code == 0 and not said.err
