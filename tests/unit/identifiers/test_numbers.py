"""Numbers of pupils, learners, staff and places: what is written is read as the same, and nothing else is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.identifiers import Upn, ageing, chain_faults, check, check_upn, is_temporary, parse_upn
from muster.identifiers.authorities import authorities
from muster.identifiers.people import check_ni_number
from muster.identifiers.places import check_postcode
from muster.identifiers.uln import check_digit
from muster.identifiers.upn import LETTERS, check_letter

SERIALS = st.from_regex(r"[0-9]{3}|[0-9]{2}[A-HJ-NP-RT-Z]", fullmatch=True)
UPNS = st.builds(
    Upn,
    st.sampled_from(sorted(authorities().all)),
    st.from_regex("[0-9]{4}", fullmatch=True),
    st.from_regex("[0-9]{2}", fullmatch=True),
    SERIALS,
)
NINE = st.from_regex("[1-9][0-9]{8}", fullmatch=True)


def of_nobody(serial: str, year: str = "13") -> str:
    """A UPN of authority 999, which no authority is."""
    return str(Upn("999", "4001", year, serial))


@given(UPNS)
def test_a_upn_that_is_written_is_right_and_read_as_the_same(upn: Upn) -> None:
    assert check_upn(str(upn)).right
    assert parse_upn(str(upn)) == upn
    assert is_temporary(str(upn)) == upn.temporary


@given(UPNS, st.sampled_from(LETTERS))
def test_a_upn_has_one_right_letter(upn: Upn, letter: str) -> None:
    changed = letter + str(upn)[1:]
    assert check_upn(changed).right == (changed == str(upn))


@given(UPNS, st.integers(1, 12), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_found(upn: Upn, place: int, digit: str) -> None:
    text = str(upn)
    changed = text[:place] + digit + text[place + 1 :]
    if changed != text and not (place == 12 and upn.temporary):
        assert not check_upn(changed).right


@given(NINE, st.sampled_from("0123456789"))
def test_a_uln_has_one_right_digit_or_is_never_issued(nine: str, digit: str) -> None:
    expected = check_digit(nine + digit)
    assert check("uln", nine + digit).right == (expected == digit)
    total = sum(weight * int(c) for weight, c in zip(range(10, 0, -1), nine + (expected or "0"), strict=True))
    assert expected is None or total % 11 == 10


@given(st.text(max_size=16))
def test_any_text_is_judged(text: str) -> None:
    for kind in ("upn", "uln", "uci", "teacher_number", "ni_number", "urn", "la_estab", "ukprn", "postcode"):
        verdict = check(kind, text)
        assert verdict.right == (verdict.reason == "")


def test_a_body_of_the_wrong_shape_has_no_letter() -> None:
    assert check_letter("A99940011300I") is None
    assert check_letter("4999400113001") is None
    assert check_letter("A9994001130011") is None


@pytest.mark.parametrize(("school_year", "right"), [(2013, False), (2022, False), (2023, True), (None, True)])
def test_an_authority_is_right_from_its_first_year(school_year: int | None, right: bool) -> None:
    cumberland = check_letter("A9420000000" + "00")
    assert check_upn(f"{cumberland}942000000000", school_year=school_year).right is right


def test_a_number_under_no_authority_is_right_and_said() -> None:
    verdict = check_upn(str(Upn("703", "0000", "00", "000")))
    assert verdict.right
    assert verdict.remark == "703 is no authority, but numbers were given under it"


def test_how_a_wrong_one_was_meant_is_said() -> None:
    meant = str(Upn("703", "0000", "00", "000"))
    assert check_upn(f" {meant.lower()}").remark == "in capitals and without spaces it would be right"
    assert check("la_estab", "820/1234").remark == "files write 8201234"
    assert check("teacher_number", "RP99/99901").remark == "the older form of 9999901"


def test_numbers_of_staff_may_be_let_off_by_a_setting() -> None:
    assert not check("ni_number", "QQ123456M").right
    assert check_ni_number("QQ 12 34 56 M", relaxed=True).value == "QQ123456M"
    assert not check("postcode", "ZZ99 3VZ").right
    assert check_postcode("zz993vz", no_fixed_abode=True).value == "ZZ99 3VZ"


def test_only_the_form_of_a_candidate_number_is_looked_at() -> None:
    assert "how its check letter is made is not known" in check("uci", "999990130001A").remark
    assert check("uci", "99999013000A").reason == "it is not 13 digits and capital letters"


def test_a_chain_of_numbers_is_looked_over() -> None:
    permanent, second, temporary = of_nobody("001"), of_nobody("002"), of_nobody("00A")
    unknown = "characters 2 to 4 (999) are not the number of an authority"
    chained = [str(Upn("703", "0000", "00", serial)) for serial in ("001", "002", "00A")]
    assert chain_faults(chained[0], [chained[2]]) == []
    assert chain_faults(chained[0], [chained[0]]) == [f"{chained[0]} is both the UPN and a former one"]
    assert chain_faults(chained[0], [chained[1], chained[1]]) == ["a former UPN stands twice"]
    assert chain_faults(chained[2], [chained[1]]) == [
        f"the temporary {chained[2]} must not take the place of a permanent UPN"
    ]
    assert chain_faults(permanent, [second, temporary]) == [
        f"{upn}: {unknown}" for upn in (permanent, second, temporary)
    ]


def test_temporary_numbers_are_told_by_age() -> None:
    upns = [str(Upn("703", "0000", year, serial)) for year, serial in (
        ("13", "00A"), ("13", "001"), ("11", "00A"), ("11", "01A"), ("99", "00A"), ("14", "00A"),
    )]  # fmt: skip
    told = [(one.year, one.age, len(one.upns)) for one in ageing([*upns, upns[0]], 2013)]
    assert told == [(1999, 14, 1), (2011, 2, 2), (2013, 0, 1), (2014, -1, 1)]
