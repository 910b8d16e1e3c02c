"""Invented numbers have the right shape, are all different, and can belong to nobody."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from muster.sample._identifiers import ni_number, teacher_number, temporary_ni_number

INDEX = st.integers(0, 1_199_999)


@given(INDEX)
def test_a_teacher_number_has_seven_digits_and_a_serial_no_year_ever_reached(index: int) -> None:
    number = teacher_number(index)
    assert re.fullmatch(r"[0-9]{7}", number)
    assert int(number[2:]) >= 80_000


@given(st.integers(0, 3_999_999))
def test_an_ni_number_has_the_shape_and_a_prefix_that_is_never_issued(index: int) -> None:
    assert re.fullmatch(r"PP[0-9]{6}[A-D]", ni_number(index))


@given(st.sets(INDEX, min_size=2, max_size=50))
def test_no_two_people_share_a_number(indexes: set[int]) -> None:
    assert len({teacher_number(index) for index in indexes}) == len(indexes)
    assert len({ni_number(index) for index in indexes}) == len(indexes)


def test_the_first_hundred_thousand_numbers_are_all_different() -> None:
    assert len({teacher_number(index) for index in range(100_000)}) == 100_000
    assert len({ni_number(index) for index in range(100_000)}) == 100_000


def test_some_teacher_numbers_begin_with_a_nought_so_that_spreadsheets_can_lose_it() -> None:
    assert any(teacher_number(index).startswith("0") for index in range(60))


def test_a_temporary_ni_number_is_made_of_birth_date_and_sex() -> None:
    assert temporary_ni_number("1980-07-15", "F") == "TN150780F"
    assert temporary_ni_number("1980-07-15", "1") == "TN150780M"
