"""The name of a transfer file says from whom to whom it goes, or the complaint says which part is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.transferring.names import (
    DEPARTMENT,
    OUTSIDE,
    UNKNOWN,
    OtherName,
    Party,
    TransferName,
    WrongName,
    is_transfer_name,
    parse_other_name,
    parse_transfer_name,
    party_of,
)

SCHOOLS = st.from_regex(r"[0-9]{7}", fullmatch=True)
AUTHORITIES = st.from_regex(r"[0-9]{3}LLLL", fullmatch=True)
NOWHERE = st.sampled_from([UNKNOWN, OUTSIDE])


@pytest.mark.parametrize(
    ("name", "source", "kind", "destination"),
    [
        ("8201111_CTF_8201234_001.xml", "820/1111", "school", "820/1234"),
        ("8201111_CTF_8201111_002.xml", "820/1111", "school", "820/1111"),
        ("820LLLL_CTF_8201234_001.xml", "authority 820", "school", "820/1234"),
        ("8201111_CTF_820LLLL_001.xml", "820/1111", "authority", "authority 820"),
        (f"8201111_CTF_{UNKNOWN}_001.xml", "820/1111", "unknown", "an unknown school"),
        (f"8201111_CTF_{OUTSIDE}_999.XML", "820/1111", "outside", "a school outside the maintained sector"),
    ],
)
def test_a_name_says_from_whom_to_whom(name: str, source: str, kind: str, destination: str) -> None:
    read = parse_transfer_name(name)
    assert (str(read.source), read.destination.kind, str(read.destination)) == (source, kind, destination)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("8201111_CTF_8201234_001.txt", "it does not end in .xml"),
        ("8201111_CTF_8201234_001", "it does not end in .xml"),
        ("8201111CTF8201234001.xml", "it has 1 parts between underscores, not 4"),
        ("8201111_CTF_8201234_001_1.xml", "it has 5 parts between underscores, not 4"),
        ("8201111_ctf_8201234_001.xml", "its second part is 'ctf', not CTF"),
        ("8201111_CMJ_8201234_001.xml", "its second part is 'CMJ', not CTF"),
        ("820111_CTF_8201234_001.xml", "its source '820111' is wrong: it has 6 characters, not 7"),
        (
            "82O1111_CTF_8201234_001.xml",
            "its source '82O1111' is wrong: its authority '82O' is not three digits",
        ),
        ("820111L_CTF_8201234_001.xml", "its school '111L' is neither four digits nor LLLL"),
        (f"{UNKNOWN}_CTF_8201234_001.xml", "only a destination may be unknown"),
        ("8201111_CTF_820LLL1_001.xml", "its destination '820LLL1' is wrong: its school 'LLL1' is neither"),
        (f"8201111_CTF_{UNKNOWN.lower()}_001.xml", f"a destination without a number is {UNKNOWN} (unknown)"),
        ("8201111_CTF_ULN0000_001.xml", "its authority 'ULN' is not three digits"),
        ("8201111_CTF_8201234_000.xml", "its number '000' is not three digits from 001 on"),
        ("8201111_CTF_8201234_1.xml", "its number '1' is not three digits from 001 on"),
    ],
)
def test_a_wrong_name_is_refused_with_the_part_that_is_wrong(name: str, said: str) -> None:
    with pytest.raises(WrongName) as refused:
        parse_transfer_name(name)
    assert str(refused.value).startswith(f"{name}: ")
    assert said in str(refused.value)
    assert "8201111_CTF_8201234_001.xml" in str(refused.value)


@given(
    st.builds(
        TransferName, st.builds(Party, SCHOOLS | AUTHORITIES), st.sampled_from(["CTF", "ATF"]),
        st.builds(Party, SCHOOLS | AUTHORITIES | NOWHERE), st.integers(1, 999),
    )
)  # fmt: skip
def test_a_name_that_is_written_is_read_as_the_same(name: TransferName) -> None:
    assert parse_transfer_name(str(name)) == name


@given(st.text(max_size=40))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        assert str(parse_transfer_name(text)).lower() == text.lower()
    except WrongName as wrong:
        assert "Name it like" in str(wrong)


def test_the_999th_file_is_the_last() -> None:
    name = parse_transfer_name("8201111_CTF_8201234_998.xml")
    assert str(name.next) == "8201111_CTF_8201234_999.xml"
    with pytest.raises(WrongName, match="no number is left"):
        _ = name.next.next


def test_another_file_has_a_name_of_its_own_in_the_third_place() -> None:
    read = parse_other_name(f"101LLLL_{DEPARTMENT}_class-lists.zip")
    assert read == OtherName(Party("101LLLL"), Party(DEPARTMENT), "class-lists", ".zip")
    assert str(read.destination) == "the Department for Education"
    assert str(read) == f"101LLLL_{DEPARTMENT}_class-lists.zip"
    assert not is_transfer_name(str(read))
    assert is_transfer_name("8201111_ctf_8201234_1.xml")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("101LLLL_class-lists.zip", "it has not three parts and an ending"),
        ("101LLLL_1011234_sixteen-letters-.zip", "1 to 15 letters, digits or dashes"),
        ("101LLLL_1011234_a b.zip", "1 to 15 letters, digits or dashes"),
        ("10LLLL_1011234_list.zip", "its source '10LLLL' is wrong"),
    ],
)
def test_another_file_with_a_wrong_name_is_refused(name: str, said: str) -> None:
    with pytest.raises(WrongName, match=r"Name it like 8201111_820LLLL_list\.zip") as refused:
        parse_other_name(name)
    assert said in str(refused.value)


def test_a_header_names_a_party_or_none() -> None:
    assert party_of("820", "1234") == Party("8201234")
    assert party_of("X" * 3, "X" * 4) == Party(UNKNOWN)
    assert party_of("ULN", "1234") is None
    assert party_of("820", None) is None
