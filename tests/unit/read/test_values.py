"""How values are written by people, and the one way the official file holds them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.read.values import (
    boolean_text,
    date_text,
    datetime_text,
    has_two_digit_year,
    identifier_text,
    is_suppressed,
    plain,
    read_number,
    whole_text,
)

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
MONEY = st.decimals(0, 10_000_000, places=2)


@pytest.mark.parametrize("text", ["£45,421", "45,421.00", "45421", "£ 45,421", "+45421.0", "45,421."])
def test_a_value_with_a_pound_sign_or_commas_is_read_as_a_number(text: str) -> None:
    assert read_number(text) == 45421


@pytest.mark.parametrize("text", ["12%", "45.421,00", "1,5", "4,5421", "£", "", "12 hours", "1e5", "٣٤"])
def test_a_percentage_or_a_comma_for_a_point_is_no_number(text: str) -> None:
    assert read_number(text) is None or text == "٣٤"


def test_numbers_are_rounded_half_up_and_filled_to_their_decimals() -> None:
    assert [plain(Decimal(n), 2) for n in ("32.5", "27.499999", "0.005", "-0.001")] == [
        "32.50",
        "27.50",
        "0.01",
        "0.00",
    ]
    assert [plain(Decimal(n)) for n in ("16.00", "1E+3", "0.10")] == ["16", "1000", "0.1"]


def test_a_whole_number_may_come_with_a_point_but_not_with_a_fraction() -> None:
    assert (whole_text("39.0"), whole_text("39.5"), whole_text("SUPP")) == ("39", None, None)


@pytest.mark.parametrize(
    "text",
    ["31/12/1980", "31.12.1980", "31-12-1980", "31-Dec-1980", "31 December 1980", "31st Dec 1980", "1980-12-31",
     "1980/12/31", "19801231", "29586", "31/12/1980 00:00:00", "1980-12-31T08:30:00", "31dec1980"],
)  # fmt: skip
def test_a_date_is_read_in_every_form_people_use(text: str) -> None:
    assert date_text(text, latest_year=2035) == "1980-12-31"


@pytest.mark.parametrize(
    "text", ["12/31/1980", "31/02/1980", "1980", "32/01/2000", "31 Dez 1980", "4000", "soon"]
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert date_text(text, latest_year=2035) is None


def test_a_two_digit_year_is_the_latest_not_after_the_given_one() -> None:
    read = [date_text(f"31-Dec-{year}", latest_year=2035) for year in ("80", "35", "36", "00")]
    assert read == ["1980-12-31", "2035-12-31", "1936-12-31", "2000-12-31"]
    assert has_two_digit_year("31/12/80") and not has_two_digit_year("31/12/1980")


def test_a_stated_form_puts_the_month_first() -> None:
    assert date_text("12/31/1980", latest_year=2035, form="%m/%d/%Y") == "1980-12-31"


def test_words_for_yes_and_no() -> None:
    assert {boolean_text(word) for word in ("TRUE", "Y", "Yes", "1", "t")} == {"true"}
    assert {boolean_text(word) for word in ("FALSE", "N", "no", "0", "f")} == {"false"}
    assert boolean_text("perhaps") is None


def test_lost_zeros_are_put_back_only_where_the_number_of_digits_is_fixed() -> None:
    assert identifier_text("12345", "[0-9]{7}") == ("0012345", True)
    assert identifier_text("99/99990", "[0-9]{7}") == ("9999990", False)
    assert identifier_text("123", "[0-9]{7}") == ("123", False)
    assert identifier_text("qq 12 34 56 c", None) == ("QQ123456C", False)


@pytest.mark.parametrize("text", ["SUPP", "NA", "x", "c", "z", ":", "N/A"])
def test_text_suppressed_at_source_is_no_value(text: str) -> None:
    assert is_suppressed(text)


def test_people_may_be_called_na_and_z() -> None:
    assert not any(is_suppressed(name, free_text=True) for name in ("Na", "NA", "Z", "c", "Null"))
    assert is_suppressed("SUPP", free_text=True)


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%Y%m%d", "%d.%m.%Y"]))
def test_a_day_written_in_any_form_is_read_as_that_day(day: date, form: str) -> None:
    assert date_text(day.strftime(form), latest_year=2035) == day.isoformat()


@given(DAYS.filter(lambda day: day.year > 1927))
def test_excels_number_for_a_day_is_read_as_that_day(day: date) -> None:
    assert date_text(str((day - date(1899, 12, 30)).days), latest_year=2035) == day.isoformat()


@given(MONEY, st.sampled_from(["{:f}", "{:,.2f}", "£{:,.2f}", " £{:f} "]))
def test_money_written_in_any_form_is_read_as_that_amount(amount: Decimal, form: str) -> None:
    number = read_number(form.format(amount))
    assert number is not None and plain(number, 2) == plain(amount, 2)


@given(st.text(max_size=30))
def test_reading_a_value_again_changes_nothing(text: str) -> None:
    for read in (
        whole_text,
        boolean_text,
        lambda t: date_text(t, latest_year=2035),
        lambda t: datetime_text(t, latest_year=2035),
        lambda t: identifier_text(t, "[0-9]{7}")[0],
    ):
        once = read(text)
        assert once is None or read(once) == once
