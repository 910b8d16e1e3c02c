"""A keyed form: what was typed is checked at once, the sums are shown, and the same values give the same file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.xml_returns import received

from muster.inspecting import Desk, Keyed, Received, keyed_return, values_of
from muster.model import MusterError, Outcome

# The row of England 2020/21, whose sums were verified; what is not in it is nought.
ENGLAND = {
    "pn_issued": "45809", "reason_pn_hols": "34933", "reason_pn_late": "82", "reason_pn_other": "10794",
    "pn_paid": "28151", "pn_paid_21": "26102", "pn_paid_22_28": "2049", "pn_withdrawn": "7294",
    "withdrawn_reason_conduct": "1140", "withdrawn_reason_wrong_issue": "2034",
    "withdrawn_reason_material_error": "986", "withdrawn_reason_expiry_no_legal": "3134",
    "pn_prosecuted_non_payment": "10364", "pn_unresolved": "0",
}  # fmt: skip
YEAR = 2022


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk("attendance_measures", YEAR)


def keyed(desk: Desk, **changed: str) -> Keyed:
    """The form of England with noughts for the rest, and some of it changed."""
    items = desk.collection.tables["measures"].items_in(desk.year)
    return keyed_return(desk, "999", {**{item.name: "0" for item in items}, **ENGLAND, **changed})


def codes(one: Keyed) -> set[str]:
    return {finding.code for finding in one.inspected.result.findings}


def test_the_figures_of_england_add_up(desk: Desk) -> None:
    one = keyed(desk)
    assert codes(one) == set()
    assert all(line.comes_out for group in one.groups for line in group.sums)
    assert sum(len(group.sums) for group in one.groups) == 7


@pytest.mark.parametrize(
    ("item", "value", "found"),
    [
        ("reason_pn_late", "83", {"reasons_are_not_the_notices_issued"}),
        ("pn_paid_21", "26101", {"paid_bands_are_not_the_notices_paid"}),
        ("withdrawn_reason_conduct", "0", {"reasons_are_not_the_notices_withdrawn"}),
        ("pn_unresolved", "1", {"outcomes_are_not_the_notices_issued"}),
        ("parenting_contracts_accepted", "1", {"more_contracts_accepted_than_offered"}),
        ("pn_unresolved", "lots", {"measures.pn_unresolved.pattern"}),
        ("pn_unresolved", "", {"measures.pn_unresolved.missing"}),
    ],
)
def test_what_is_wrong_is_found_as_it_is_typed(desk: Desk, item: str, value: str, found: set[str]) -> None:
    assert codes(keyed(desk, **{item: value})) == found


@pytest.mark.parametrize("value", ["-1", "1.5", "1,000", "12345678", "١٢"])
def test_only_whole_numbers_from_nought_are_figures(desk: Desk, value: str) -> None:
    assert "measures.pn_unresolved.pattern" in codes(keyed(desk, pn_unresolved=value))


def test_a_sum_is_shown_beside_what_it_should_make(desk: Desk) -> None:
    [penalties, *_] = keyed(desk, reason_pn_late="83", pn_unresolved="lots").groups
    issued, paid, _, outcomes = penalties.sums
    assert (issued.made, issued.total, issued.comes_out) == (45810, 45809, False)
    assert paid.comes_out
    assert (outcomes.made, outcomes.comes_out) == (None, False)
    assert [finding.code for finding in penalties.findings] == ["reasons_are_not_the_notices_issued"]
    [wrong] = [line for line in penalties.lines if line.findings]
    assert wrong.asked.name == "pn_unresolved"


def test_the_bands_of_payment_are_those_of_the_year() -> None:
    def asked(year: int) -> set[str]:
        groups = keyed_return(Desk("attendance_measures", year), "999", {}).groups
        return {line.asked.name for group in groups for line in group.lines}

    assert {"pn_paid_28", "pn_paid_29_42"} <= asked(2013) and "pn_paid_21" not in asked(2013)
    assert {"pn_paid_21", "pn_paid_22_28"} <= asked(2014) and "pn_paid_28" not in asked(2014)


def test_in_a_year_without_the_census_there_is_no_form() -> None:
    with pytest.raises(MusterError, match="nothing was asked in 2020"):
        keyed_return(Desk("attendance_measures", 2020), "999", {})
    with pytest.raises(MusterError, match="is not keyed; send its file"):
        keyed_return(Desk("children_in_need", 2024), "999", {})


def test_the_file_holds_what_was_typed_and_is_the_same_each_time(desk: Desk, tmp_path: Path) -> None:
    one = keyed(desk, pn_unresolved="<lots & more>")
    read = desk.inspect(received(tmp_path, one.xml, one.name), school="999")
    assert values_of(read) == {**values_of(one.inspected), "pn_unresolved": "<lots & more>"}
    assert one.xml == keyed(desk, pn_unresolved="<lots & more>").xml


def test_last_year_s_file_beside_it_is_compared_with(desk: Desk, tmp_path: Path) -> None:
    before = keyed_return(Desk("attendance_measures", YEAR - 1), "999", {**ENGLAND, "pn_issued": "20000"})
    now = received(tmp_path, keyed(desk).xml, "now.xml")
    last = received(tmp_path, before.xml, "last.xml")
    assert {f.code for f in desk.inspect(Received((now,), (last,))).result.findings} == {
        "notices_changed_much"
    }
    alone = desk.inspect(now)
    [outcome] = [one for one in alone.result.outcomes if one.rule_id == "notices_changed_much"]
    assert (outcome.outcome, outcome.reason) == (Outcome.NOT_RUN, "no figures of last year")
