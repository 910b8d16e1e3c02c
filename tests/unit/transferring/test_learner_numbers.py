"""A request for learner numbers holds what is needed and nothing else, and what stands in its way is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.transfer_files import arrived, file_of, pupil

from muster.identifiers.upn import letter_of
from muster.transferring.files import Transfer, transfer_text
from muster.transferring.learner_numbers import obstacles, request, without_number

BODY = "703200000017"  # of a pseudo authority, under which numbers can be right
RIGHT_UPN = letter_of(BODY) + BODY
OTHER_RIGHT_UPN = letter_of(f"{BODY[:-1]}8") + f"{BODY[:-1]}8"
LINES = "<AddressLines><AddressLine1>1 High Street</AddressLine1></AddressLines>"
PARTS = "<BS7666Address><PAON>1</PAON><Street>High Street</Street><{0}>Anytown</{0}></BS7666Address>"


def address(inside: str = LINES, postcode: str = "ZE2 9TL") -> str:
    """An address block, with its postcode unless that is ''."""
    return f"<Address>{inside}{f'<PostCode>{postcode}</PostCode>' if postcode else ''}</Address>"


def said(folder: Path, *blocks: str, today: str = "2013-12-03", **changed: str) -> list[tuple[str, str]]:
    """What stands in the way of a request for one pupil: item and message."""
    transfer = arrived(folder, file_of(pupil(*blocks, **{"UPN": RIGHT_UPN, **changed})))
    return [(one.item, one.message) for one in obstacles(transfer, today)]


@pytest.mark.parametrize(
    "inside", [LINES, *(PARTS.format(name) for name in ("Locality", "Town", "AdministrativeArea"))]
)
def test_nothing_stands_in_the_way_of_a_pupil_with_an_address(tmp_path: Path, inside: str) -> None:
    assert said(tmp_path, address(inside)) == []


@pytest.mark.parametrize(
    ("block", "changed", "item", "message"),
    [
        (address(postcode=""), {}, "postcode", "The postcode is missing."),
        (address(postcode="QA1 1AA"), {}, "postcode", "The postcode is wrong: no postcode starts with QA1."),
        (address(""), {}, "address_line_1", "The address is missing or has no house, street or town."),
        (
            address("<BS7666Address><PAON>1</PAON><Street>High Street</Street></BS7666Address>"), {}, "address_line_1",
            "The address is missing or has no house, street or town.",
        ),
        (address(), {"UPN": ""}, "upn", "The UPN is missing."),
        (
            address(), {"UPN": "A" + BODY}, "upn",
            f"The UPN is wrong: its check letter is wrong: it must be {RIGHT_UPN[0]}.",
        ),
        (address(), {"Surname": ""}, "surname", "The surname is missing."),
        (address(), {"Forename": "A" * 36}, "forename", "The forename is longer than 35 characters."),
        (address(), {"DOB": ""}, "birth_date", "The date of birth is missing."),
        (address(), {"DOB": "2013-12-04"}, "birth_date", "The date of birth is in the future."),
        (address(), {"Gender": ""}, "sex", "The sex is missing."),
        (address(), {"Gender": "U"}, "sex", "The sex is neither M nor F."),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_named(
    tmp_path: Path, block: str, changed: dict[str, str], item: str, message: str
) -> None:
    assert said(tmp_path, block, **changed) == [(item, message)]


def test_without_a_day_nobody_is_born_after_the_file_was_written(tmp_path: Path) -> None:
    born_later = {"DOB": "2013-12-03"}
    assert said(tmp_path, address(), today="", **born_later) == [
        ("birth_date", "The date of birth is in the future.")
    ]


def test_every_block_that_is_not_needed_is_named_and_left_out(tmp_path: Path) -> None:
    blocks = (
        "<BasicDetails><MiddleNames>B</MiddleNames><Ethnicity>WBRI</Ethnicity></BasicDetails>",
        "<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>020 7946 0001</PhoneNo></Phone></Phones>",
        "<SuppInfo><Locker>12</Locker></SuppInfo>",
    )
    assert said(tmp_path, blocks[0], address(), *blocks[1:]) == [
        ("phones", "The file holds telephone numbers."), ("ethnicity", "The file holds ethnicity."),
        ("", "The file holds elements that are not of its version."),
    ]  # fmt: skip
    made = request(arrived(tmp_path, file_of(pupil(blocks[0], address(), *blocks[1:], UPN=RIGHT_UPN))))
    assert obstacles(made) == []
    text = transfer_text(made)
    assert "<DocumentQualifier>partial</DocumentQualifier>" in text
    assert "<MiddleNames>B</MiddleNames>" in text
    assert not any(name in text for name in ("Ethnicity", "Phone", "SuppInfo"))


def test_who_has_a_number_is_not_asked_for_unless_it_can_be_none(tmp_path: Path) -> None:
    pupils = (pupil(UniqueLearnerNumber=uln) for uln in ("9276308686", "9276308668", ""))
    transfer = arrived(tmp_path, file_of(*pupils))
    assert [one.key for one in without_number(transfer)] == [2, 3]
    assert keys(request(transfer)) == [2, 3]
    assert keys(request(transfer, [1, 3])) == [3]
    assert "UniqueLearnerNumber" not in transfer_text(request(transfer))


def keys(transfer: Transfer) -> list[int | None]:
    return transfer.pupils.keys["pupil_id"]
