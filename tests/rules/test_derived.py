"""Derived tables hold what their titles say, on both engines.

Each table is asked through a rule made up for the test: the rows that "fail" are those of which the
question is true.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from muster.catalogue.build import build_rule
from muster.catalogue.examples import universes
from muster.engines import place_and_key, start_engine
from muster.model import EVERY_YEAR, Collection, Rule
from tests.rules.conftest import plans

ENGINES = ("sqlite", "duckdb")

CATEGORIES = """
contract_id | contract_type | post | category
A           | PRM           | HDT  | 1
B           | FXT           | TCM  | 1
C           | TMP           | AVT  | 1
D           | SLA           | TCM  | 2
E           | SAG           | TCM  | 2
F           | SOT           | TCM  | 2
G           | PRM           | TAS  | 3
H           | SAG           | TAS  | 3
I           | PRM           | SUP  | 3
J           | PRM           | SUP  | 3
K           | PRM           | SUP  | 4
L           | PRM           | OSP  | 4
M           | PRM           | LNT  | 4
N           | PRM           | SBP  | 4
O           |               | HDT  |
P           | PRM           |      |
Q           | SLA           | SUP  | 4
"""
ROLES = """
contract_id | role
I           | HLTA
J           | ADMC
J           | TASS
K           | ADMC
L           | TASS
"""
PHASES = """
return_id | estab | phase
A         | 1000  | Nursery
B         | 1099  | Nursery
C         | 1100  | PRU
D         | 1149  | PRU
E         | 1150  |
F         | 2000  | Primary
G         | 3999  | Primary
H         | 5200  | Primary
I         | 5299  | Primary
J         | 4000  | Secondary
K         | 4999  | Secondary
L         | 5400  | Secondary
M         | 5949  | Secondary
N         | 6900  | Secondary
O         | 6924  | Secondary
P         | 7000  | Special
Q         | 7999  | Special
R         | 8000  |
S         |       |
"""
MEMBERS = """
member_id | category
A         | 1
B         | 3
C         |
D         |
"""
CONTRACTS_OF_MEMBERS = """
member_id | contract_type | post
A         | PRM           | OSP
A         | PRM           | TCM
A         | SAG           | TCM
B         | PRM           | OSP
B         | PRM           | TAS
C         |               | TCM
"""
OPEN = """
contract_start | contract_end   | ?
$census_day    |                | fails
$census_day    | $census_day    | fails
$census_day+1d |                | ok
2001-09-01     | $census_day-1d | ok
2001-09-01     | $census_day+1d | fails
               |                | ok
"""


def expecting(text: str, column: str, value: str) -> str:
    """The table with ``?`` in place of the expected column: fails where it holds the value."""
    heading, *rows = text.strip().splitlines()
    place = [name.strip() for name in heading.split("|")].index(column)
    drawn = [heading.replace(column, "?")]
    for row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        drawn.append(
            " | ".join([*cells[:place], "fails" if cells[place] == value else "ok", *cells[place + 1 :]])
        )
    return "\n".join(drawn)


def assert_true_of_the_rows_that_fail(
    collection: Collection, question: str, examples: Mapping[str, str], *, year: int = 2025
) -> None:
    table = next(iter(examples))
    rule = Rule("asked", "asked", "", table, question, EVERY_YEAR, examples=(examples,))
    for name in ENGINES:
        engine = start_engine(name, collection, year, plan=plans(collection.name)[name])
        (universe,) = universes(rule, collection, year)
        engine.load(universe.returns)
        (answer,) = engine.answers([build_rule(name, collection, rule)])
        expected = {key for key, fails in universe.expected.items() if fails}
        assert ({place_and_key(key) for key in answer.keys}, answer.fault) == (expected, ""), name


@pytest.mark.parametrize("category", ["1", "2", "3", "4"])
def test_a_contract_has_the_category_of_its_post_type_and_roles(
    collection: Collection, category: str
) -> None:
    question = f"""exists (select 1 from contract_category k
                           where k.contract_id = this.contract_id and k.category = {category})"""
    examples = {"contracts": expecting(CATEGORIES, "category", category), "roles": ROLES}
    assert_true_of_the_rows_that_fail(collection, question, examples)


@pytest.mark.parametrize(("later", "post"), [("5", "LNT"), ("6", "SBP")])
def test_two_groups_of_support_staff_have_a_later_category(
    collection: Collection, later: str, post: str
) -> None:
    question = f"""exists (select 1 from contract_category k
                           where k.contract_id = this.contract_id and k.later_category = {later})"""
    posts = expecting("post | same\nLNT | LNT\nSBP | SBP\nOSP | OSP\nTCM | TCM", "same", post)
    assert_true_of_the_rows_that_fail(collection, question, {"contracts": posts})


@pytest.mark.parametrize("category", ["1", "2", "3"])
def test_a_person_has_the_lowest_category_of_the_contracts(collection: Collection, category: str) -> None:
    question = f"""exists (select 1 from member_category k
                           where k.member_id = this.member_id and k.category = {category})"""
    examples = {"members": expecting(MEMBERS, "category", category), "contracts": CONTRACTS_OF_MEMBERS}
    assert_true_of_the_rows_that_fail(collection, question, examples)


def test_a_person_without_a_category_is_not_among_the_categories(collection: Collection) -> None:
    question = "not exists (select 1 from member_category k where k.member_id = this.member_id)"
    examples = {"members": expecting(MEMBERS, "category", ""), "contracts": CONTRACTS_OF_MEMBERS}
    assert_true_of_the_rows_that_fail(collection, question, examples)


@pytest.mark.parametrize("year", [2012, 2025])
def test_a_contract_is_open_if_census_day_lies_within_it(collection: Collection, year: int) -> None:
    question = "exists (select 1 from open_contracts c where c.contract_id = this.contract_id)"
    assert_true_of_the_rows_that_fail(collection, question, {"contracts": OPEN}, year=year)


@pytest.mark.parametrize("phase", ["Nursery", "PRU", "Primary", "Secondary", "Special"])
def test_a_school_has_the_phase_of_its_number(collection: Collection, phase: str) -> None:
    question = (
        f"exists (select 1 from school_phase s where s.return_id = this.return_id and s.phase = '{phase}')"
    )
    assert_true_of_the_rows_that_fail(collection, question, {"returns": expecting(PHASES, "phase", phase)})


def test_a_number_outside_every_range_has_no_phase(collection: Collection) -> None:
    question = "not exists (select 1 from school_phase s where s.return_id = this.return_id)"
    assert_true_of_the_rows_that_fail(collection, question, {"returns": expecting(PHASES, "phase", "")})
