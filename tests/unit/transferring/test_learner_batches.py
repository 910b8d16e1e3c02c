"""A batch for the Learning Records Service is written and read as the same, and its answer goes back to the pupils."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.transfer_files import OTHER_UPN, UPN, arrived, file_of, pupil
from tests.xml_returns import column

from muster.model import MusterError
from muster.transferring.learner_batches import (
    RETURN_CODE,
    answer_text,
    answers,
    batch_text,
    columns,
    faults_of,
    learner_of,
    read_batch,
    with_numbers,
)
from muster.transferring.roll import Pupil

LEARNER = {"GivenName": "Ada", "FamilyName": "Quill", "MISIdentifier": UPN}
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=30
)
LEARNERS = st.fixed_dictionaries({one.name: TEXTS for one in columns()} | {RETURN_CODE: TEXTS})


def test_a_pupil_becomes_a_learner() -> None:
    told = learner_of(Pupil(1, {
        "upn": UPN, "surname": "Quill", "forename": "Ada", "birth_date": "2004-05-26", "sex": "F", "paon": "1",
        "street": "High Street", "town": "Anytown", "postcode": "ZE2 9TL", "middle_names": "B",
    }))  # fmt: skip
    assert {name: text for name, text in told.items() if text} == {
        "GivenName": "Ada", "FamilyName": "Quill", "MISIdentifier": UPN, "MiddleOtherName": "B",
        "LastKnownAddressLine1": "1 High Street", "LastKnownAddressTown": "Anytown", "LastKnownPostCode": "ZE2 9TL",
        "DateOfBirth": "2004-05-26", "Gender": "2",
    }  # fmt: skip
    assert faults_of(told) == []
    assert list(told) == [one.name for one in columns()]


@pytest.mark.parametrize(("sex", "gender"), [("M", "1"), ("F", "2"), ("", "0"), ("U", "0")])
def test_sex_is_a_number(sex: str, gender: str) -> None:
    assert learner_of(Pupil(1, {"sex": sex}))["Gender"] == gender


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"GivenName": " "}, "GivenName is empty"), ({"FamilyName": ""}, "FamilyName is empty"),
        ({"FamilyName": "Q" * 36}, "FamilyName has 36 characters; 35 is the most"),
        ({"ULN": "0276308686"}, "ULN has not the right form"), ({"Gender": "M"}, "Gender has not the right form"),
        ({"LastKnownPostCode": "ANYTOWN"}, "LastKnownPostCode has not the right form"),
        ({"LastKnownPostCode": "BFPO 12"}, ""), ({"DateOfBirth": "26/05/2004"}, "DateOfBirth has not the right form"),
        ({"DateOfBirth": "1799-01-01"}, "DateOfBirth has not the right form"),
        ({"EmailAddress": "ada"}, "EmailAddress has not the right form"),
        ({"AbilityToShare": "3"}, "AbilityToShare has not"),
        ({"ScottishCandidateNumber": "12345678"}, "ScottishCandidateNumber has not the right form"),
        ({"VerificationType": "8"}, "VerificationType has not the right form"),
        ({"VerificationType": "999"}, "VerificationType is 999, and OtherVerificationDescription does not say"),
        ({"VerificationType": "999", "OtherVerificationDescription": "a letter"}, ""),
    ],
)  # fmt: skip
def test_a_learner_is_held_to_the_schema(changed: dict[str, str], fault: str) -> None:
    assert "; ".join(faults_of({**LEARNER, **changed})).startswith(fault)
    assert bool(faults_of({**LEARNER, **changed})) == bool(fault)


def test_a_batch_with_a_fault_is_not_written() -> None:
    with pytest.raises(MusterError, match="learner 2: FamilyName is empty"):
        batch_text([LEARNER, {"GivenName": "Ben"}])


@given(st.lists(LEARNERS, max_size=3))
def test_an_answer_that_is_written_is_read_as_the_same(learners: list[dict[str, str]]) -> None:
    assert read_batch(answer_text(learners)) == [one for one in learners if any(one.values())]


def test_a_batch_that_is_written_is_read_as_the_same() -> None:
    (read,) = read_batch(batch_text([{**LEARNER, "FamilyName": '=Quill, "Q"'}]))
    assert {name: text for name, text in read.items() if text} == {**LEARNER, "FamilyName": '=Quill, "Q"'}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: there is no column GivenName"),
        ("GivenName,FamilyName,Shoe\n", "line 1: 'Shoe' is no column of a batch"),
        ("GivenName,FamilyName,GivenName\n", "line 1: a column stands twice"),
        ("GivenName,FamilyName\nAda,Quill\nBen\n", "line 3: 1 values under 2 headings"),
        ('GivenName,FamilyName\nAda,"Quill\n', "line 2: unexpected end of data"),
    ],
)
def test_what_is_no_batch_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(MusterError, match=said):
        read_batch(text)


def answered(folder: Path, *learners: dict[str, str], uln: str = "") -> list[tuple[str, str]]:
    transfer = arrived(folder, file_of(pupil(UniqueLearnerNumber=uln)))
    return [(one.state, one.meaning) for one in answers(transfer, learners)]


@pytest.mark.parametrize(
    ("uln", "before", "state"),
    [
        ("9276308686", "", "given"),
        ("9276308686", "9276308686", "same"),
        ("9276308686", "1000000000", "differs"),
        ("9276308685", "", "wrong"),
        ("2000000010", "", "wrong"),
        ("", "", "none"),
    ],
)
def test_what_came_back_is_told(tmp_path: Path, uln: str, before: str, state: str) -> None:
    assert answered(tmp_path, {**LEARNER, "ULN": uln}, uln=before) == [(state, "")]


def test_codes_are_explained_as_far_as_they_are_known(tmp_path: Path) -> None:
    null, strange = ({**LEARNER, RETURN_CODE: code} for code in ("RC10", "RC99"))
    assert answered(tmp_path, null, strange) == [
        ("none", "Null values: something the service needs was empty, mostly the postcode"),
        ("none", "a code whose meaning is not known"),
    ]
    assert answered(tmp_path, {**LEARNER, "MISIdentifier": OTHER_UPN}) == [("nobody", "")]


def test_numbers_are_put_in_and_none_is_overwritten(tmp_path: Path) -> None:
    transfer = arrived(tmp_path, file_of(pupil(), pupil(UPN=OTHER_UPN, UniqueLearnerNumber="1000000000")))
    came = [{**LEARNER, "MISIdentifier": upn, "ULN": "9276308686"} for upn in (UPN, OTHER_UPN)]
    after = with_numbers(transfer, answers(transfer, came))
    assert column(after.document, "pupils", "uln") == ["9276308686", "1000000000"]
    assert column(transfer.document, "pupils", "uln") == [None, "1000000000"]
