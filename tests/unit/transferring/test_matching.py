"""Who a received pupil is: by number, or a person must say, or new; never by a name and a sex alone.

received                     on roll                      ?
UPN, same birth date         same UPN                     matched
UPN, same name, other date   same UPN                     matched (a date is corrected)
UPN, all else other          same UPN                     possible
new UPN, former UPN          former UPN as the UPN        matched
name, date, sex              another UPN                  possible
name, sex, other date        another UPN                  new
"""

from __future__ import annotations

import pytest
from tests.transfer_files import OTHER_UPN, TEMPORARY_UPN, UPN

from muster.transferring.matching import Match, matches, plain
from muster.transferring.roll import Pupil

ADA = {
    "upn": UPN,
    "surname": "Quill",
    "forename": "Ada",
    "birth_date": "2004-05-26",
    "sex": "F",
    "uln": "9276308686",
}


def one(**changed: str) -> Pupil:
    """Ada, with some items changed; '' takes one away."""
    return Pupil(1, {item: text for item, text in {**ADA, **changed}.items() if text})


def match_of(received: Pupil, *ours: Pupil) -> Match:
    (found,) = matches([received], ours)
    return found


@pytest.mark.parametrize(
    ("received", "ours", "standing", "why"),
    [
        ({}, {}, "matched", "the same UPN"),
        ({"birth_date": "2004-06-26"}, {}, "matched", "the same UPN"),
        ({"surname": "Pen", "forename": "Ann"}, {}, "matched", "the same UPN"),
        ({"birth_date": ""}, {}, "matched", "the same UPN"),
        (
            {"birth_date": "2004-06-26", "surname": "Pen", "forename": "Ann"}, {}, "possible",
            "the same UPN, but another name and another date of birth",
        ),
        (
            {"birth_date": "", "surname": "Pen"}, {}, "possible",
            "the same UPN, but another name and another date of birth",
        ),
        ({"former_upn": TEMPORARY_UPN}, {"upn": TEMPORARY_UPN}, "matched", "the UPN here is a former one in the file"),
        (
            {"upn": TEMPORARY_UPN}, {"former_upn": TEMPORARY_UPN}, "matched",
            "the UPN is a former one of the pupil here",
        ),
        ({"upn": OTHER_UPN, "surname": "Pen", "forename": "B"}, {}, "possible", "the same ULN and date of birth"),
        ({"upn": OTHER_UPN, "uln": ""}, {}, "possible", "the same name, date of birth and sex"),
        (
            {"upn": OTHER_UPN, "uln": "", "sex": "M"}, {}, "possible",
            "the same name and date of birth, but not the same sex",
        ),
        (
            {"upn": OTHER_UPN, "uln": "", "surname": "Pen"}, {}, "possible",
            "the same date of birth and a part of the name",
        ),
        (
            {"upn": OTHER_UPN, "uln": "", "surname": "Pen", "former_surname": "QUILL", "forename": "B"}, {}, "possible",
            "the same date of birth and a part of the name",
        ),
        ({"upn": OTHER_UPN, "uln": "", "birth_date": "2004-06-26"}, {}, "new", "nobody here has these"),
        ({"upn": OTHER_UPN, "uln": "", "birth_date": ""}, {"birth_date": ""}, "new", "nobody here has these"),
        ({"upn": "", "uln": "", "surname": "Pen", "forename": "B"}, {"upn": ""}, "new", "nobody here has these"),
    ],
)  # fmt: skip
def test_who_a_pupil_is(received: dict[str, str], ours: dict[str, str], standing: str, why: str) -> None:
    found = match_of(one(**received), one(**ours))
    assert found.standing == standing
    assert found.why.startswith(why)
    assert len(found.candidates) == (standing != "new")


def test_the_likeliest_stands_first() -> None:
    part, whole = one(upn="B", uln="", forename="B"), one(upn="C", uln="")
    found = match_of(one(upn=OTHER_UPN, uln=""), part, whole)
    assert [candidate.pupil.get("upn") for candidate in found.candidates] == ["C", "B"]


def test_two_pupils_here_with_the_same_number_need_a_person() -> None:
    found = match_of(one(), Pupil(1, ADA), Pupil(2, ADA))
    assert (found.standing, found.why) == ("possible", "the same UPN, as another pupil here has")


def test_a_pupil_twice_in_a_file_needs_a_person() -> None:
    found = matches([Pupil(1, ADA), Pupil(2, ADA)], [Pupil(7, ADA)])
    assert [(match.standing, match.why) for match in found] == [
        ("possible", "the file has another pupil with the same UPN")
    ] * 2


def test_two_pupils_are_never_matched_to_the_same_one() -> None:
    received = [one(), one(upn=OTHER_UPN, former_upn=UPN)]
    found = matches(received, [Pupil(7, ADA)])
    assert [match.standing for match in found] == ["possible", "possible"]
    assert found[0].why == "another pupil of the file is matched to the same pupil"


def test_names_are_compared_without_case_accents_and_signs() -> None:
    assert plain("O'Brién-Ødegård ") == plain("OBRIEN Ødegård")
    assert plain("Zoë") == plain("ZOE")
    assert plain("Ann") != plain("Anne")
