"""A sum shared out by formula: exact to the penny, as the Schools' Forum of the first project agreed it."""

from __future__ import annotations

from decimal import Decimal
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model import MusterError
from muster.performance import FundedSchool, phase_totals, share_out

TOTAL = Decimal("185000.00")
LUMP = Decimal(40)


def schools_of(phase: str, number: int, rolls: list[str]) -> list[FundedSchool]:
    """So many schools of a phase, whose rolls go round."""
    return [
        FundedSchool(f"{phase[:2]}{place:04}", f"{phase} {place}", phase, Decimal(roll))
        for place, roll in enumerate(islice(cycle(rolls), number))
    ]


def a_county() -> list[FundedSchool]:
    """527 invented schools, about as large as those of the county that shared out £185,000."""
    return [
        *schools_of("primary", 431, ["150.5", "251", "351.5"]),
        *schools_of("secondary", 71, ["763", "966", "1169"]),
        *schools_of("special", 25, ["86.5", "105", "123.5"]),
    ]


def test_the_delegated_sum_is_shared_out_to_the_last_penny() -> None:
    shares = share_out(TOTAL, a_county(), lump_percent=LUMP)
    assert len(shares) == 527
    assert sum(share.amount for share in shares) == TOTAL


def test_the_averages_of_the_report_come_out() -> None:
    phases = phase_totals(share_out(TOTAL, a_county(), lump_percent=LUMP))
    averages = {one.phase: round(one.average) for one in phases}
    assert averages == {"primary": 296, "secondary": 737, "special": 205}
    assert sum(one.amount for one in phases) == TOTAL


def test_the_lump_of_527_schools_is_about_140_pounds() -> None:
    empty = FundedSchool("0000", "No pupils yet", "primary", Decimal(0))
    shares = share_out(TOTAL, [*a_county()[1:], empty], lump_percent=LUMP)
    assert shares[-1].amount in (Decimal("140.41"), Decimal("140.42"))


def test_what_if_the_lump_were_larger_moves_money_to_small_schools() -> None:
    now, then = (share_out(TOTAL, a_county(), lump_percent=Decimal(one)) for one in (40, 60))
    small, large = 431 + 71, 431 + 2
    assert then[small].amount > now[small].amount and then[large].amount < now[large].amount


def test_the_spare_penny_goes_to_the_largest_remainder_and_then_to_the_lower_number() -> None:
    equal = [FundedSchool(ref, ref, "primary", Decimal(1)) for ref in ("4003", "4001", "4002")]
    given_out = share_out(Decimal("0.05"), equal, lump_percent=Decimal(50))
    assert [share.amount for share in given_out] == [Decimal("0.01"), Decimal("0.02"), Decimal("0.02")]


rolls = st.decimals(min_value=0, max_value=2000, places=2, allow_nan=False, allow_infinity=False)


@given(
    st.lists(rolls, min_size=1, max_size=40).filter(any),
    st.integers(0, 20_000_000),
    st.decimals(min_value=0, max_value=100, places=1),
)
def test_shares_always_add_up_and_nobody_is_off_by_a_penny(
    pupils: list[Decimal], pence: int, lump: Decimal
) -> None:
    schools = [FundedSchool(f"{n:04}", "", "primary", one) for n, one in enumerate(pupils)]
    total = Decimal(pence) / 100
    shares = share_out(total, schools, lump_percent=lump)
    assert sum(share.amount for share in shares) == total
    for share in shares:
        equal = total * lump / 100 / len(schools)
        exact = equal + total * (100 - lump) / 100 * share.school.pupils / sum(pupils)
        assert abs(share.amount - exact) < Decimal("0.0100001")


@pytest.mark.parametrize(
    ("total", "pupils", "lump", "told"),
    [
        ("185000.005", "1", 40, "whole pence"),
        ("-1", "1", 40, "not below 0"),
        ("10", "1", 101, "from 0 to 100"),
        ("10", "0", 40, "no school has pupils"),
    ],
)
def test_what_cannot_be_shared_out_is_told(total: str, pupils: str, lump: int, told: str) -> None:
    school = FundedSchool("4001", "", "primary", Decimal(pupils))
    with pytest.raises(MusterError, match=told):
        share_out(Decimal(total), [school], lump_percent=Decimal(lump))


def test_a_sum_needs_somebody_to_go_to() -> None:
    with pytest.raises(MusterError, match="no school to share"):
        share_out(TOTAL, [], lump_percent=LUMP)
