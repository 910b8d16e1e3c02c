"""Base pay from a spine point, with the tables of the year."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link_sources import anyshire, codes_of, column, school

from muster.link import Linked
from muster.link.pay import base_pay, pay_table, point_name

Join = Callable[..., Linked]
COLLECTION = "school_workforce"
WHO = "ref | tn | born | family | given | type | start | post | hours | fte | weeks | range | spine | point | pay"
ANN = "P1 | 0000012 | 1980-02-03 | Ash | Ann | PRM | 2010-09-01 | TCH"


def paid(join: Join, line: str, *, year: int = 2013, area: str = "EW") -> tuple[Linked, list[str | None]]:
    """What linking makes of one teacher's hours, fte, weeks, range, spine, point and pay."""
    authority = anyshire(school("919/4001", pay_area=area), year=year)
    linked = join(payroll=f"{WHO}\n{ANN} | {line}", authority=authority)
    return linked, column(linked.returns["919/4001"], "payments", "base_pay")


@pytest.mark.parametrize(
    ("hours", "weeks", "pay"),
    [
        ("32.5", None, "29533.00"),
        ("32.5", "52", "29533.00"),
        ("32.5", "53", "29533.00"),
        ("19.5", "52", "17719.80"),
        ("32.5", "39", "25330.23"),
        ("19.5", "39", "15198.14"),
        ("32.5", "47", "29533.00"),
    ],
)
def test_pay_is_the_point_for_the_hours_and_weeks_worked(hours: str, weeks: str | None, pay: str) -> None:
    made = base_pay(Decimal(29533), Decimal(hours), Decimal("32.5"), Decimal(weeks) if weeks else None)
    assert made == Decimal(pay)


@given(
    value=st.decimals(1, 200_000, places=2), hours=st.decimals(0, 40, places=2), weeks=st.decimals(1, 53, places=0)
)  # fmt: skip
def test_nobody_is_paid_more_than_the_point_for_up_to_full_hours(
    value: Decimal, hours: Decimal, weeks: Decimal
) -> None:
    assert Decimal(0) <= base_pay(value, hours, Decimal(40), weeks) <= value


@pytest.mark.parametrize(
    ("pay_range", "text", "name"),
    [("TE", "M5", "M5"), ("TE", "5", "M5"), ("TU", "u 03", "U3"), ("TE", "MPS6", "M6"), ("LD", "L18", "L18"),
     ("UT", "1.0", "UT1"), (None, "UPR2", "U2"), ("LP", "MIN", "min")],
)  # fmt: skip
def test_a_point_is_known_however_payrolls_spell_it(pay_range: str | None, text: str, name: str) -> None:
    assert point_name(pay_range, text) == name


@pytest.mark.parametrize(
    ("year", "pay_range", "point", "area", "value"),
    [(2010, "TE", "M5", "EW", 29240), (2012, "TU", "U1", "IL", 41497), (2013, "TE", "M5", "EW", 29533),
     (2025, "TE", "M1", "OL", 37870)],
)  # fmt: skip
def test_the_table_of_the_year_gives_the_value(
    year: int, pay_range: str, point: str, area: str, value: int
) -> None:
    table = pay_table(COLLECTION, year)
    assert table is not None
    assert table.value(pay_range, point, area) == value


def test_there_is_no_table_for_the_years_between() -> None:
    assert [year for year in range(2010, 2026) if pay_table(COLLECTION, year)] == [
        2010,
        2011,
        2012,
        2013,
        2025,
    ]


def test_a_point_becomes_base_pay_and_says_how(join: Join) -> None:
    linked, pay = paid(join, "19.5 | 32.5 | 52 | TE | EW | M5 | ")
    assert pay == ["17719.80"]
    [came] = [p for (_, _, item), p in linked.returns["919/4001"].provenance.items() if item == "base_pay"]
    assert (came.source, came.column) == ("derived", "point M5, pay area EW, September 2013 to August 2014")


def test_the_area_is_the_schools_where_payroll_gives_none(join: Join) -> None:
    linked, pay = paid(join, "32.5 | 32.5 | 52 | TE |  | M5 | ", area="IL")
    assert pay == ["34204.00"]
    assert column(linked.returns["919/4001"], "payments", "regional_spine") == ["IL"]


def test_the_range_follows_from_a_point_only_one_range_has(join: Join) -> None:
    linked, pay = paid(join, "32.5 | 32.5 | 52 |  | EW | U1 | ")
    assert pay == ["34523.00"]
    assert column(linked.returns["919/4001"], "payments", "pay_range") == ["TU"]


@pytest.mark.parametrize(
    ("given_pay", "asked"), [("29533.00", 0), ("29534.00", 0), ("29534.01", 1), ("31868", 1)]
)
def test_pay_more_than_a_pound_from_its_point_is_a_query_and_stands(
    join: Join, given_pay: str, asked: int
) -> None:
    linked, pay = paid(join, f"32.5 | 32.5 | 52 | TE | EW | M5 | {given_pay}")
    assert pay == [given_pay]
    assert codes_of(linked).count("link.pay_differs_from_point") == asked


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("32.5 | 32.5 | 52 | TE | EW | M9 | ", "link.point_not_in_table"),
        ("32.5 | 32.5 | 52 | TE | EW | U1 | ", "link.point_not_in_table"),
        ("32.5 | 32.5 | 52 | LD | IL | L5 | ", "link.pay_not_derived"),
        ("32.5 |      | 52 | TE | EW | M5 | ", "link.pay_not_derived"),
    ],
)
def test_a_point_that_gives_no_pay_is_said(join: Join, line: str, code: str) -> None:
    linked, pay = paid(join, line)
    assert (pay, code in codes_of(linked)) == ([None], True)


def test_without_a_table_nothing_is_derived_and_it_is_said_once(join: Join) -> None:
    linked, pay = paid(join, "32.5 | 32.5 | 52 | TE | EW | M5 | ", year=2014)
    assert pay == [None]
    [notice] = [n for n in linked.notices if n.code == "link.pay_not_derived"]
    assert "not derived: no table for 2014" in notice.message


def test_a_point_of_2025_gives_base_pay_though_points_are_not_collected(join: Join) -> None:
    linked, pay = paid(join, "32.5 | 32.5 | 52 | TE |  | M5 | ", year=2025)
    assert pay == ["42057.00"]
    assert column(linked.returns["919/4001"], "payments", "spine_point") == [None]


def test_somebody_paid_by_the_day_has_no_base_pay(join: Join) -> None:
    text = f"{WHO} | daily\n{ANN} | 32.5 | 32.5 | 52 | TE | EW | M5 |  | Y"
    linked = join(payroll=text)
    assert column(linked.returns["919/4001"], "payments", "base_pay") == [None]
    assert "base_pay" not in {one.item for one in linked.to_key}
