"""What a course must bring: break-even seats and price never lose money, and one seat or penny less would."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model import MusterError
from muster.performance.courses import CourseCosts

MONEY = st.decimals(0, 5_000, places=2)


def costs(fixed: str, each: str, price: str) -> CourseCosts:
    return CourseCosts(Decimal(fixed), Decimal(each), Decimal(price))


@pytest.mark.parametrize(
    ("fixed", "each", "price", "seats"),
    [("450", "12.50", "75", 8), ("450", "0", "75", 6), ("450", "75", "75", None),
     ("0", "10", "10", 0), ("0", "11", "10", None)],
)  # fmt: skip
def test_seats_at_which_it_breaks_even(fixed, each, price, seats) -> None:
    assert costs(fixed, each, price).break_even_seats == seats


def test_price_at_which_so_many_seats_pay_is_rounded_up() -> None:
    one = costs("100", "2.50", "0")
    assert one.break_even_price(3) == Decimal("35.84") and one.break_even_price(0) is None


@given(MONEY, MONEY, MONEY, st.integers(1, 200))
def test_what_breaks_even_loses_nothing_and_a_little_less_loses(fixed, each, price, seats) -> None:
    one = CourseCosts(fixed, each, price)
    least = one.break_even_seats
    if least is not None:
        assert one.margin(least) >= 0
        assert not least or one.margin(least - 1) < 0
    found = one.break_even_price(seats)
    assert CourseCosts(fixed, each, found).margin(seats) >= 0
    if found >= Decimal("0.01"):
        assert CourseCosts(fixed, each, found - Decimal("0.01")).margin(seats) < 0


@pytest.mark.parametrize("wrong", ["-1", "1.005"])
def test_what_is_no_amount_is_refused(wrong) -> None:
    with pytest.raises(MusterError, match="whole pence"):
        costs(wrong, "0", "1")
