"""Which contract of one source is which of another."""

from __future__ import annotations

from collections.abc import Callable

from tests.link_sources import codes_of, column, extract_of

from muster.link import Linked

Join = Callable[..., Linked]
WHO = "ref | tn      | born       | family | given | type | start      | end        | post | hours | role"


def linked_contracts(join: Join, payroll: list[str], mis: list[str]) -> Linked:
    """One person, with these contracts: type, start, end, post, hours, role."""
    sources = [
        "\n".join([WHO, *(f"{ref} | 0000012 | 1980-02-03 | Ash | Ann | {line}" for line in lines)])
        for ref, lines in (("P1", payroll), ("M1", mis))
    ]
    return join(payroll=sources[0], mis=sources[1])


def roles_by_contract(linked: Linked) -> dict[str | None, list[str | None]]:
    """The roles of each contract, by its post."""
    one = linked.returns["919/4001"]
    posts = dict(
        zip(one.tables["contracts"].keys["contract_id"], column(one, "contracts", "post"), strict=True)
    )
    found: dict[str | None, list[str | None]] = {post: [] for post in posts.values()}
    roles = one.tables["roles"]
    for contract, role in zip(roles.keys["contract_id"], roles.text["role"], strict=True):
        found[posts[contract]].append(role)
    return found


def test_roles_land_on_the_contract_with_the_same_start_and_post(join: Join) -> None:
    linked = linked_contracts(
        join,
        ["PRM | 2010-09-01 |  | TCH | 16.25 | ", "PRM | 2010-09-01 |  | SUP | 10 | "],
        ["PRM | 2010-09-01 |  | SUP | 10 | MIDA", "PRM | 2010-09-01 |  | TCH | 16.25 | TCHR"],
    )
    assert roles_by_contract(linked) == {"TCH": ["TCHR"], "SUP": ["MIDA"]}


def test_hours_decide_between_contracts_equal_otherwise(join: Join) -> None:
    linked = linked_contracts(
        join,
        ["PRM | 2010-09-01 |  | SUP | 5 | ", "PRM | 2010-09-01 |  | SUP | 10 | "],
        ["PRM | 2010-09-01 |  | SUP | 10 | MIDA", "PRM | 2010-09-01 |  | SUP | 5 | CLNR"],
    )
    one = linked.returns["919/4001"]
    assert column(one, "roles", "role") == ["CLNR", "MIDA"]
    assert column(one, "hours", "hours_per_week") == ["5", "10"]


def test_the_only_two_contracts_are_one_though_their_starts_differ(join: Join) -> None:
    linked = linked_contracts(
        join, ["PRM | 2001-01-01 |  | TCH | 30 | "], ["PRM | 2010-09-01 |  | TCH | 30 | TCHR"]
    )
    assert column(linked.returns["919/4001"], "contracts", "contract_start") == ["2001-01-01"]
    assert [conflict.item for conflict in linked.conflicts] == ["contract_start"]


def test_a_contract_payroll_does_not_pay_is_reported_and_not_returned(join: Join) -> None:
    linked = linked_contracts(
        join,
        ["PRM | 2010-09-01 |  | TCH | 30 | "],
        ["PRM | 2010-09-01 |  | TCH | 30 | TCHR", "PRM | 2012-01-01 |  | SUP | 5 | MIDA"],
    )
    assert column(linked.returns["919/4001"], "contracts", "post") == ["TCH"]
    assert [(c.table, c.item, c.other_value) for c in linked.conflicts] == [
        ("contracts", "", "contract 2012-01-01 PRM SUP")
    ]
    assert "link.contract_not_in_payroll" in codes_of(linked)
    assert len(linked.left_out) == 1


def test_a_service_agreement_stands_beside_payroll(join: Join) -> None:
    linked = linked_contracts(
        join,
        ["PRM | 2010-09-01 |  | TCH | 30 | "],
        ["PRM | 2010-09-01 |  | TCH | 30 | TCHR", "SAG | 2012-01-01 |  | TCH | 5 | TCHR"],
    )
    assert column(linked.returns["919/4001"], "contracts", "contract_type") == ["PRM", "SAG"]
    assert linked.conflicts == ()


def test_a_contract_payroll_holds_as_open_stays_open_and_the_other_end_is_listed(join: Join) -> None:
    linked = linked_contracts(
        join, ["PRM | 2010-09-01 |  | TCH | 30 | "], ["PRM | 2010-09-01 | 2013-08-31 | TCH | 30 | TCHR"]
    )
    assert column(linked.returns["919/4001"], "contracts", "contract_end") == [None]
    assert [(c.value, c.other_value) for c in linked.conflicts] == [("no end date", "2013-08-31")]


def test_two_contracts_that_nothing_tells_apart_are_paired_in_order_and_said(join: Join) -> None:
    linked = linked_contracts(
        join,
        ["PRM | 2010-09-01 |  | SUP | 5 | ", "PRM | 2010-09-01 |  | SUP | 5 | "],
        ["PRM | 2010-09-01 |  | SUP | 5 | MIDA", "PRM | 2010-09-01 |  | SUP | 5 | CLNR"],
    )
    assert column(linked.returns["919/4001"], "roles", "role") == ["MIDA", "CLNR"]
    assert "link.contracts_paired_in_order" in codes_of(linked)


def test_a_contract_told_by_two_staff_exports_is_one_contract(join: Join) -> None:
    staff = f"{WHO}\nM1 | 0000012 | 1980-02-03 | Ash | Ann | PRM | 2010-09-01 |  | TCH |  | "
    contracts = f"{WHO}\nM1 | 0000012 | 1980-02-03 | Ash | Ann | PRM | 2010-09-01 |  |  | 30 | TCHR"
    one = join(extract_of("mis", staff, name="staff"), extract_of("mis", contracts, name="contracts"))
    assert roles_by_contract(one) == {"TCH": ["TCHR"]}
    assert column(one.returns["919/4001"], "hours", "hours_per_week") == ["30"]
