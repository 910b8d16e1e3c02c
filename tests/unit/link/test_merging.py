"""Which source each value comes from, where sources disagree, and what each value says of its origin."""

from __future__ import annotations

from collections.abc import Callable

from tests.link_sources import anyshire, codes_of, column, extract_of

from muster.link import Linked
from muster.model import Provenance, SourceKind

Join = Callable[..., Linked]
MIS = """
ref | tn      | born       | family | given | sex | ethnicity | type | start      | post | role      | hours | fte
M1  | 0000012 | 1980-02-03 | Ash    | Ann   | 2   | WBRI      | PRM  | 2010-09-01 | TCH  | TCHR SENC | 20    | 32.5
"""
PAYROLL = """
ref | tn      | born       | family | given | sex | type | start      | post | hours | fte   | weeks | pay
P1  | 0000012 | 1980-02-03 | ASH    | ANN   | 1   | PRM  | 2010-09-01 | TCH  | 25.00 | 32.50 | 52    | 30000.00
"""


def test_payroll_gives_pay_and_hours_and_the_staff_export_details_and_roles(join: Join) -> None:
    one = join(mis=MIS, payroll=PAYROLL).returns["919/4001"]
    assert column(one, "members", "family_name") == ["Ash"]
    assert column(one, "members", "sex") == ["2"]
    assert column(one, "hours", "hours_per_week") == ["25.00"]
    assert column(one, "payments", "base_pay") == ["30000.00"]
    assert column(one, "roles", "role") == ["TCHR", "SENC"]


def test_each_value_says_from_which_file_row_and_column_it_came(join: Join) -> None:
    one = join(mis=MIS, payroll=PAYROLL).returns["919/4001"]
    key = one.tables["hours"].keys["hours_id"][0]
    expected = Provenance("payroll", "payroll.csv", 2, "hours", "test mapping 1")
    assert one.provenance["hours", key or 0, "hours_per_week"] == expected
    for table, rows in one.tables.items():
        own = rows.keys[next(iter(rows.keys))]
        for item, texts in rows.text.items():
            for at, text in zip(own, texts, strict=True):
                assert (text is None) == ((table, at, item) not in one.provenance)


def test_a_conflict_shows_both_values_and_why_one_stands(join: Join) -> None:
    conflicts = {conflict.item: conflict for conflict in join(mis=MIS, payroll=PAYROLL).conflicts}
    assert set(conflicts) == {"sex", "hours_per_week"}
    hours = conflicts["hours_per_week"]
    assert (hours.value, hours.source.source) == ("25.00", "payroll")
    assert (hours.other_value, hours.other_source.source) == ("20", "mis")
    assert hours.reason == "payroll owns this item"
    assert hours.record == "Ann Ash, born 1980-02-03: contract from 2010-09-01"


def test_the_same_value_spelled_differently_is_no_conflict(join: Join) -> None:
    linked = join(mis=MIS.replace("| 20    |", "| 25    |"), payroll=PAYROLL.replace("| 1   |", "| 2   |"))
    assert linked.conflicts == ()


def test_an_authority_may_give_an_item_another_owner(join: Join) -> None:
    owners: dict[str, tuple[SourceKind, ...]] = {"hours": ("mis", "payroll"), "members.sex": ("payroll",)}
    one = join(mis=MIS, payroll=PAYROLL, authority=anyshire(owners=owners)).returns["919/4001"]
    assert column(one, "hours", "hours_per_week") == ["20"]
    assert column(one, "members", "sex") == ["1"]


def test_a_stand_in_gives_what_the_owner_leaves_blank(join: Join) -> None:
    one = join(mis=MIS, payroll=PAYROLL.replace("25.00", "     ")).returns["919/4001"]
    assert column(one, "hours", "hours_per_week") == ["20"]
    assert column(one, "hours", "weeks_per_year") == ["52"]


def test_there_may_be_no_payroll_at_all(join: Join) -> None:
    one = join(mis=MIS).returns["919/4001"]
    assert column(one, "hours", "hours_per_week") == ["20"]
    assert len(one.tables["contracts"]) == 1


def test_there_may_be_no_staff_export_at_all(join: Join) -> None:
    linked = join(payroll=PAYROLL)
    assert column(linked.returns["919/4001"], "members", "family_name") == ["ASH"]
    assert "link.payroll_only" not in codes_of(linked)


def test_somebody_paid_and_in_no_staff_export_is_returned_and_said(join: Join) -> None:
    more = PAYROLL + "P2  | | 1970-01-02 | ELM | EVE | 2 | PRM | 2012-09-01 | SUP | 10 | 37 | 52 | 4000.00\n"
    linked = join(mis=MIS, payroll=more)
    assert len(linked.returns["919/4001"].tables["members"]) == 2
    assert codes_of(linked).count("link.payroll_only") == 1


def test_a_school_with_no_source_has_no_return_and_is_named(join: Join) -> None:
    from tests.link_sources import school

    linked = join(mis=MIS, authority=anyshire(school("919/4001"), school("919/4002")))
    assert list(linked.returns) == ["919/4001"]
    assert [n.value for n in linked.notices if n.code == "link.no_source"] == ["919/4002"]


def test_a_school_not_in_the_register_is_left_out_with_the_reason(join: Join) -> None:
    linked = join(extract_of("mis", MIS, school="919/9999"))
    assert linked.returns == {}
    assert [out.reason for out in linked.left_out] == ["school 919/9999 is not in schools.csv"]


def test_the_header_says_whose_return_it_is_and_when_it_was_made(join: Join) -> None:
    header = join(mis=MIS).returns["919/4001"].header
    assert header["collection"] == "School Workforce Census"
    assert (header["year"], header["reference_date"]) == ("2013", "2013-11-07")
    assert (header["source_level"], header["lea"], header["estab"]) == ("S", "919", "4001")
    assert (header["software_code"], header["serial_no"]) == ("Muster", "001")
    assert header["written_at"] == "2013-11-20T10:00:00"
    assert header["contracts_included"] is None


def test_module_flags_say_what_was_supplied(join: Join) -> None:
    from tests.link_sources import school

    mis = MIS.replace("2010-09-01", "2024-09-01")
    header = join(mis=mis, authority=anyshire(school("919/4001"), year=2025)).returns["919/4001"].header
    assert (header["contracts_included"], header["absences_included"]) == ("true", "false")


def test_the_result_does_not_depend_on_the_order_of_the_sources(join: Join) -> None:
    a, b = extract_of("mis", MIS), extract_of("payroll", PAYROLL)
    first, second = join(a, b), join(b, a)
    assert first.returns["919/4001"].tables == second.returns["919/4001"].tables
    assert (first.conflicts, first.to_key, first.matches) == (second.conflicts, second.to_key, second.matches)


def test_a_placeholder_stands_only_where_no_source_has_better(join: Join) -> None:
    heading = "ref | tn | ni | born | family | given | type | start | post\n"
    linked = join(
        mis=f"{heading}M1 | 0000012 | NK | 1980-02-03 | Ash | Ann | PRM | 2010-09-01 | TCH",
        payroll=f"{heading}P1 | 0000012 | QQ123450A | 1980-02-03 | Ash | Ann | PRM | 2010-09-01 | TCH",
    )
    assert column(linked.returns["919/4001"], "members", "ni_number") == ["QQ123450A"]
    [conflict] = linked.conflicts
    assert conflict.reason == "the other value is a placeholder, or cannot be right"


def test_the_day_somebody_came_serves_every_later_contract_and_no_earlier_one(join: Join) -> None:
    linked = join(
        mis="""
        ref | tn      | born       | family | given | type | start      | post | arrival
        M1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2011-09-01 | TCH  | 2011-09-01
        M1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2012-09-01 | SUP  |
        M1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2009-09-01 | SUP  |
    """
    )
    arrivals = column(linked.returns["919/4001"], "contracts", "school_arrival_date")
    assert arrivals == ["2011-09-01", "2011-09-01", None]
