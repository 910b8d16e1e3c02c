"""Derived tables of pay and hours hold what their titles say, on both engines."""

from __future__ import annotations

import pytest

from muster.model import Collection
from tests.rules.test_derived import assert_true_of_the_rows_that_fail, expecting

# Post level speaks for the contract (A, B); otherwise the roles add up (C); half a pair of hours says nothing (D).
CONTRACTS = """
contract_id | hours | year | fte  | pay
A           | 20    | 1040 | 0.5  | 12000
B           | 20    | 1040 | 0.5  | 12000
C           | 30    | 1170 | 0.75 | 9000
D           | 20    |      |      |
E           |       |      |      |
"""
HOURS = """
contract_id | role_id | hours_per_week | fte_hours | weeks_per_year
A           |         | 20             | 40        | 52
B           |         | 20             | 40        | 52
B           | B1      | 5              | 40        | 52
C           | C1      | 10             | 40        | 39
C           | C2      | 20             | 40        | 39
D           |         | 20             |           |
"""
PAYMENTS = """
contract_id | role_id | base_pay
A           |         | 12000
B           |         | 12000
B           | B1      | 3000
C           | C1      | 4000
C           | C2      | 5000
D           |         |
"""
SALARIED = """
contract_start | contract_end   | daily_rate | ?
$census_day-1y |                |            | fails
$census_day-1y |                | N          | fails
$census_day-1y |                | Y          | ok
$census_day-1y | $census_day    | N          | fails
$census_day-1y | $census_day-1d | N          | ok
"""
MEMBERS = """
member_id | fte | employed
A         | 1.5 | 1
B         | 0.5 | 0.5
C         |     |
"""
CONTRACTS_OF_MEMBERS = """
member_id | contract_id | contract_type | contract_start | contract_end
A         | A1          | PRM           | $census_day-1y |
A         | A2          | SLA           | $census_day-1y | $census_day
B         | B1          | FXT           | $census_day-1y | $census_day
B         | B2          | PRM           | $census_day-1y | $census_day-1d
"""
HOURS_OF_MEMBERS = """
contract_id | hours_per_week | fte_hours
A1          | 40             | 40
A2          | 20             | 40
B1          | 20             | 40
B2          | 40             | 40
"""


def only(column: str, table: str) -> str:
    """The table without its other expected columns, and ``?`` where the column holds a value."""
    heading, *rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    key, place = heading[0], heading.index(column)
    return "\n".join([f"{key} | {column}", *(f"{row[0]} | {row[place]}" for row in rows)])


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("hours", "20", "h.hours_per_week = 20"), ("hours", "30", "h.hours_per_week = 30"),
        ("year", "1040", "h.hours_per_year = 1040"), ("year", "1170", "h.hours_per_year = 1170"),
        ("fte", "0.5", "h.fte = 0.5"), ("fte", "0.75", "h.fte = 0.75"),
    ],
)  # fmt: skip
def test_hours_of_a_contract_are_those_of_the_post_or_the_sum_over_its_roles(
    collection: Collection, column: str, value: str, said: str
) -> None:
    question = f"exists (select 1 from contract_hours h where h.contract_id = this.contract_id and {said})"
    contracts = expecting(only(column, CONTRACTS), column, value)
    assert_true_of_the_rows_that_fail(collection, question, {"contracts": contracts, "hours": HOURS})


@pytest.mark.parametrize("pay", ["12000", "9000"])
def test_pay_of_a_contract_is_that_of_the_post_or_the_sum_over_its_roles(
    collection: Collection, pay: str
) -> None:
    question = f"""exists (select 1 from contract_pay p
                           where p.contract_id = this.contract_id and p.base_pay = {pay})"""
    contracts = expecting(only("pay", CONTRACTS), "pay", pay)
    assert_true_of_the_rows_that_fail(collection, question, {"contracts": contracts, "payments": PAYMENTS})


@pytest.mark.parametrize("year", [2010, 2025])
def test_a_salaried_contract_is_open_and_not_paid_by_daily_rate(collection: Collection, year: int) -> None:
    question = "exists (select 1 from salaried_contracts s where s.contract_id = this.contract_id)"
    assert_true_of_the_rows_that_fail(collection, question, {"contracts": SALARIED}, year=year)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("fte", "1.5", "f.fte = 1.5"), ("fte", "0.5", "f.fte = 0.5"), ("employed", "1", "f.employed_fte = 1")],
)
def test_the_full_time_equivalent_of_a_person_counts_open_contracts(
    collection: Collection, column: str, value: str, said: str
) -> None:
    question = f"exists (select 1 from member_fte f where f.member_id = this.member_id and {said})"
    examples = {
        "members": expecting(only(column, MEMBERS), column, value),
        "contracts": CONTRACTS_OF_MEMBERS,
        "hours": HOURS_OF_MEMBERS,
    }
    assert_true_of_the_rows_that_fail(collection, question, examples)
