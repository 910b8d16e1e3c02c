"""Transfer files as schools really send them: each thing that is wrong is told, once, by the command a user gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import muster, refused
from tests.transfer_files import NAME, file_of, pupil
from tests.unit.transferring.test_learner_numbers import OTHER_RIGHT_UPN, RIGHT_UPN, address
from tests.xml_returns import received

from muster.transferring.learner_batches import RETURN_CODE, answer_text, read_batch

GOOD = {"UPN": RIGHT_UPN}
YEAR = (
    "<Attendance><YearData><Year>2013</Year><LEA>999</LEA><Estab>1111</Estab><SchoolName>A</SchoolName>"
    "<SessionsPossible>100</SessionsPossible><SessionsAuthorised>4</SessionsAuthorised>"
    "<SessionsAttended>{}</SessionsAttended><SessionsUnauthorised>0</SessionsUnauthorised></YearData></Attendance>"
)


def checked(folder: Path, text: str, name: str = NAME) -> dict[str, int]:
    """The codes that checking one file finds, each with how often."""
    said = muster("ctf", "check", received(folder, text, name).path, "--json")
    assert said.code in (0, 1), said.err
    (version,) = said.json["versions"]
    found: dict[str, int] = {}
    for finding in version["findings"]:
        found[finding["code"]] = found.get(finding["code"], 0) + 1
    return found


def test_a_good_file_has_nothing_to_fix(tmp_path: Path) -> None:
    assert checked(tmp_path, file_of(pupil(address(), **GOOD))) == {}
    said = muster("ctf", "check", tmp_path / NAME)
    assert (said.code, said.first_line) == (
        0,
        f"Nothing to fix, nothing to explain: {NAME}, 2013 (version 13.0)",
    )


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (pupil(UPN="A" + RIGHT_UPN[1:]), {"1510": 1}),
        (pupil(**GOOD) + pupil(**GOOD), {"1520": 2}),
        (pupil(UPN="L999200000017"), {"1530": 1}),
        (pupil(UPN=RIGHT_UPN[:-1]), {"1540": 1}),
        (pupil(**GOOD, DOB="2013-12-03"), {"birth_date_in_the_future": 1}),
        (pupil(**GOOD, DOB="03/12/2003"), {"pupils.birth_date.type": 1}),
        (pupil(**GOOD, UniqueLearnerNumber="2000000010"), {"uln_never_issued": 1}),
        (pupil(**GOOD, UniqueLearnerNumber="9276308685"), {"uln_check_digit_wrong": 1}),
        (pupil(YEAR.format(96), **GOOD), {}),
        (pupil(YEAR.format(97), **GOOD), {"more_sessions_than_possible": 1}),
        (pupil("<Mood>glad</Mood>", **GOOD), {"read.unknown_element": 1}),
        ("", {"read.nothing_below_header": 1}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_pupil_is_found(tmp_path: Path, wrong: str, expected: dict[str, int]) -> None:
    assert checked(tmp_path, file_of(wrong)) == expected


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (
            {"version": "25.0", "DateTime": "2013-12-02T10:00:00"},
            {"read.other_year": 1, "version_not_current": 1},
        ),
        ({"version": "11.0", "DateTime": "2013-12-02T10:00:00"}, {"read.version": 1}),
        ({"AcademicYear": "2012"}, {"academic_year_wrong": 1}),
        ({"DocumentName": "CTF"}, {"document_name_wrong": 1}),
        ({"DocumentQualifier": "some"}, {"returns.qualifier.pattern": 1}),
        ({"SupplierID": ""}, {"returns.supplier.missing": 1}),
        ({"source": "9991112"}, {"file_name_disagrees": 1}),
        ({"destination": "ULN4001"}, {"file_name_disagrees": 1, "returns.destination_lea.pattern": 1}),
    ],
)
def test_what_is_wrong_with_a_header_is_found(
    tmp_path: Path, about: dict[str, str], expected: dict[str, int]
) -> None:
    assert checked(tmp_path, file_of(pupil(**GOOD), **about)) == expected


def test_a_name_that_says_nothing_is_found(tmp_path: Path) -> None:
    assert checked(tmp_path, file_of(pupil(**GOOD)), "transfer.xml") == {"file_name_wrong": 1}


def test_a_lost_pupil_goes_alone(tmp_path: Path) -> None:
    unknown = "X" * 7
    text = file_of(pupil(**GOOD), pupil(UPN=OTHER_RIGHT_UPN), destination=unknown)
    assert checked(tmp_path, text, NAME.replace("9994001", unknown)) == {"lost_pupil_not_alone": 1}


def test_files_of_several_versions_are_checked_each_by_its_own_rules(tmp_path: Path) -> None:
    received(tmp_path, file_of(pupil(**GOOD)), NAME)
    received(tmp_path, file_of(pupil(sex="Sex", **GOOD), version="25.0"), NAME.replace("001.xml", "002.xml"))
    said = muster("ctf", "check", tmp_path, "--json")
    assert (said.code, [one["year"] for one in said.json["versions"]]) == (0, [2013, 2025])


def test_a_file_for_another_school_is_refused(tmp_path: Path) -> None:
    file = received(tmp_path, file_of(pupil(**GOOD)), NAME).path
    said = muster("ctf", "check", file, "--school", "999/4002")
    assert said.code == 2
    assert f"{NAME} is for 999/4001, not for 999/4002." in said.err
    assert muster("ctf", "check", file, "--school", "9994001").code == 0
    assert "'99/4001' is not the number of a school" in refused("ctf", "check", file, "--school", "99/4001")


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder, forename in (("a", "Ada"), ("b", "Ben")):
        (tmp_path / folder).mkdir()
        received(tmp_path / folder, file_of(pupil(Forename=forename, **GOOD)), NAME)
    assert refused("ctf", "check", tmp_path / "a", tmp_path / "b").startswith(f"two files are named {NAME}.")
    assert "two files are named" in refused("check", tmp_path / "a", tmp_path / "b")


def test_a_file_from_the_future_is_refused(tmp_path: Path) -> None:
    text = file_of(pupil(sex="Sex", **GOOD), version="25.0", DateTime="2999-01-01T10:00:00")
    said = muster("ctf", "check", received(tmp_path, text, NAME).path)
    assert (said.code, "2999-01-01T10:00:00, which is in the future" in said.err) == (2, True)


def test_another_return_is_no_transfer_file(tmp_path: Path) -> None:
    other = received(tmp_path, "<Message><Header/></Message>", "a.xml").path
    assert "its outermost element is <Message>" in muster("ctf", "check", other).err


def test_a_file_is_read_and_says_where_its_name_disagrees(tmp_path: Path) -> None:
    file = received(tmp_path, file_of(pupil(address(), **GOOD)), "9991111_CTF_9994002_001.xml").path
    said = muster("ctf", "read", file)
    assert said.code == 1
    assert said.first_line == "CTF 13.0 from 999/1111 to 999/4001, 1 pupil: 9991111_CTF_9994002_001.xml"
    assert "it goes to 999/4002, its header says 999/4001" in said.err
    told = muster("ctf", "read", file, "--json").json
    assert (told["pupils"][0]["upn"], told["pupils"][0]["postcode"]) == (RIGHT_UPN, "ZE2 9TL")


def test_a_file_is_converted_beside_and_never_over_itself(tmp_path: Path) -> None:
    text = file_of(
        pupil("<BasicDetails><ServiceChild>Y</ServiceChild></BasicDetails>", **GOOD), version="17.0"
    )
    file = received(tmp_path, text, NAME).path
    said = muster("ctf", "convert", file, tmp_path / "out", "--version", "13.0")
    assert (said.code, "Look at this: Service child: 1 value" in said.out) == (1, True)
    assert muster("ctf", "convert", file, tmp_path / "new.xml").code == 0
    assert muster("ctf", "read", tmp_path / "new.xml", "--json").json["version"] == "25.0"
    assert "would take the place of the file it is made from" in refused("ctf", "convert", file, tmp_path)


def test_tables_become_a_file_that_says_the_same(tmp_path: Path) -> None:
    file = received(tmp_path, file_of(pupil(address(), YEAR.format(96), **GOOD)), NAME).path
    assert muster("convert", file, tmp_path / "tables").code == 0
    said = muster("ctf", "write", tmp_path / "tables", tmp_path / "out", "--number", "7")
    made = tmp_path / "out" / NAME.replace("001.xml", "007.xml")
    assert (said.code, said.first_line) == (0, f"Wrote {made}: CTF 13.0, 1 pupil")
    before, after = (muster("ctf", "read", path, "--json").json for path in (file, made))
    assert after["pupils"] == before["pupils"]
    (only,) = muster("diff", file, made, "--json").json
    assert only["table"] == "returns" and "file_name" in str(only)
    assert "choose the next --number" in refused(
        "ctf", "write", tmp_path / "tables", tmp_path / "out", "--number", "7"
    )


def test_a_received_file_is_compared_with_the_roll(tmp_path: Path) -> None:
    file = received(tmp_path, file_of(pupil(address(), **GOOD)), NAME).path
    roll = received(
        tmp_path, f"UPN,Surname,Forename,DOB,Postcode\n{RIGHT_UPN},Quill,Ada,26/05/2004,ZE2 9TX\n", "roll.csv"
    )
    said = muster("ctf", "compare", file, roll.path)
    assert said.code == 1
    assert said.first_line == "1 pupil: 0 new here, 1 on roll, 0 perhaps on roll"
    assert "decide      Postcode: ZE2 9TX here, ZE2 9TL in the file" in said.out
    (told,) = muster("ctf", "compare", file, roll.path, "--json").json["pupils"]
    assert (told["standing"], told["to_decide"]) == ("matched", 2)
    assert "There is no file" in refused("ctf", "compare", file, tmp_path / "none.csv")


def test_learner_numbers_are_asked_for_and_come_back(tmp_path: Path) -> None:
    other = OTHER_RIGHT_UPN
    text = file_of(pupil(address(), **GOOD), pupil(address(postcode=""), UPN=other))
    file = received(tmp_path, text, NAME).path
    hindered = muster("ctf", "request", file, tmp_path / "request")
    assert (hindered.code, f"{other}: The postcode is missing." in hindered.out) == (1, True)
    assert not (tmp_path / "request").exists()
    batch = tmp_path / "batch.csv"
    assert muster("ctf", "request", file, tmp_path / "request", "--partly", "--batch", batch).code == 1
    (asked,) = read_batch(batch.read_text(encoding="utf-8"))
    came = [{**asked, "ULN": "9276308686"}, {**asked, "MISIdentifier": other, RETURN_CODE: "RC10"}]
    back = received(tmp_path, answer_text(came), "back.csv").path
    said = muster("ctf", "answers", file, back, tmp_path / "with")
    assert (said.code, "1 learner number put in" in said.out) == (1, True)
    assert f"{other}: no number came back (RC10: Null values" in said.out
    told = muster("ctf", "read", tmp_path / "with" / NAME, "--json").json
    assert [one.get("uln") for one in told["pupils"]] == ["9276308686", None]
