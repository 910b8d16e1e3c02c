"""The pupils on roll are read from a transfer file, a return whose people are pupils, or the school's own table."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.transfer_files import UPN, arrived, file_of, pupil
from tests.xml_returns import received, with_members

from muster.model import MusterError
from muster.transferring.roll import pupils_in_table, pupils_of
from muster.transferring.roll_files import pupils_on_roll

RESULT = (
    "<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Locale>ENG</Locale><Year>2013</Year>"
    "<Subject>MAT</Subject><Method>TT</Method><Component>LEV</Component><ResultStatus>R</ResultStatus>"
    "<ResultQualifier>NL</ResultQualifier><Result>4</Result></StageAssessment></KeyStage></StageAssessments>"
)


def test_a_record_knows_what_it_lies_within(tmp_path: Path) -> None:
    (one,) = pupils_of(arrived(tmp_path, file_of(pupil(RESULT))))
    (result,) = one.records
    assert (result.table, result.within, result.values["result"]) == ("assessments", {"stage": "KS2"}, "4")


def test_a_table_is_read_by_its_headings() -> None:
    headings = ("Adm no", "Unique Pupil Number", "Legal surname", "First name", "DOB", "Gender", "Year group")
    (one,) = pupils_in_table(headings, [("17", UPN, "Quill", "Ada", "26/5/2004", "Female", "5")])
    assert one.values == {
        "upn": UPN, "surname": "Quill", "forename": "Ada", "birth_date": "2004-05-26", "sex": "F", "year_group": "5",
    }  # fmt: skip


def test_a_table_in_which_nobody_could_be_found_is_refused() -> None:
    with pytest.raises(MusterError, match="has neither a column upn nor a column birth_date"):
        pupils_in_table(("Surname", "Forename"), [])


def test_a_roll_is_read_from_a_file(tmp_path: Path) -> None:
    csv = received(tmp_path, f"UPN,Surname,Forename,DOB\n{UPN},Quill,Ada,2004-05-26\n", "roll.csv")
    assert [one.get("upn") for one in pupils_on_roll(csv)] == [UPN]
    ctf = received(tmp_path, file_of(pupil()), "roll.xml")
    assert [one.get("upn") for one in pupils_on_roll(ctf)] == [UPN]


def test_a_return_of_staff_holds_no_pupils(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match=r"staff\.xml holds no pupils"):
        pupils_on_roll(received(tmp_path, with_members(year="2025"), "staff.xml"))
