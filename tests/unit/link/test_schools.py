"""People at more than one school, federations and central staff."""

from __future__ import annotations

from collections.abc import Callable

from tests.link_sources import anyshire, codes_of, column, extract_of, school

from muster.link import Linked

Join = Callable[..., Linked]
TWO = anyshire(school("919/4001"), school("919/4002"))
FEDERATED = anyshire(school("919/2001", federation="Wold"), school("919/2002", federation="Wold"))
PAID_AT_BOTH = """
school   | ref | tn      | born       | family | given | type | start      | post | hours
919/2001 | P1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | TCH  | 20
919/2002 | P1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2011-09-01 | TCH  | 10
"""
ONE_FILE = """
school   | ref | tn      | born       | family | given | sex | type | start      | post | role
919/2001 | M1  | 0000012 | 1980-02-03 | Ash    | Ann   | 2   | PRM  | 2010-09-01 | TCH  | TCHR
919/2001 | M1  | 0000012 | 1980-02-03 | Ash    | Ann   | 2   | PRM  | 2011-09-01 | TCH  | SENC
"""


def test_one_personnel_file_of_a_federation_becomes_a_return_per_school_with_its_hours(join: Join) -> None:
    linked = join(mis=ONE_FILE, payroll=PAID_AT_BOTH, authority=FEDERATED)
    first, second = linked.returns["919/2001"], linked.returns["919/2002"]
    assert (column(first, "hours", "hours_per_week"), column(second, "hours", "hours_per_week")) == (
        ["20"],
        ["10"],
    )
    assert (column(first, "members", "sex"), column(second, "members", "sex")) == (["2"], ["2"])
    assert (column(first, "roles", "role"), column(second, "roles", "role")) == (["TCHR"], ["SENC"])
    assert linked.conflicts == ()


def test_a_personnel_file_without_schools_goes_where_people_are_paid(join: Join) -> None:
    linked = join(mis=ONE_FILE.replace("919/2001", "        "), payroll=PAID_AT_BOTH, authority=FEDERATED)
    assert column(linked.returns["919/2002"], "members", "sex") == ["2"]
    assert column(linked.returns["919/2002"], "roles", "role") == ["SENC"]


def test_somebody_paid_only_at_the_other_school_of_a_federation_is_returned_there_alone(join: Join) -> None:
    payroll = PAID_AT_BOTH.replace(
        "919/2001 | P1  | 0000012 | 1980-02-03", "919/2001 | P9  | 0000021 | 1970-05-06"
    )
    linked = join(mis=ONE_FILE, payroll=payroll, authority=FEDERATED)
    assert column(linked.returns["919/2001"], "members", "teacher_number") == ["0000021"]
    assert column(linked.returns["919/2002"], "members", "teacher_number") == ["0000012"]


def test_a_contract_that_names_its_school_is_returned_there(join: Join) -> None:
    linked = join(mis="""
        school   | ref | tn      | born       | family | given | type | start      | post | estab
        919/2001 | M1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | TCH  |
        919/2001 | M1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2011-09-01 | SUP  | 2002
    """, authority=FEDERATED)  # fmt: skip
    assert column(linked.returns["919/2001"], "contracts", "post") == ["TCH"]
    assert column(linked.returns["919/2002"], "contracts", "post") == ["SUP"]


def test_pay_without_a_school_is_not_split_by_guessing(join: Join) -> None:
    known = PAID_AT_BOTH.replace("P1", "M1")
    linked = join(mis=known, payroll=PAID_AT_BOTH.replace("919/2001", "        "), authority=FEDERATED)
    assert "link.school_not_said" in codes_of(linked)
    [out] = [out for out in linked.left_out if out.table == "members"]
    assert out.reason == "no school is given, and the person is known at 919/2001 and 919/2002"


def test_a_person_known_nowhere_is_said_and_listed(join: Join) -> None:
    linked = join(extract_of("mis", "ref | born | family | given\nM1 | 1980-02-03 | Ash | Ann", school=""))
    assert [out.reason for out in linked.left_out] == [
        "no school is given, and the person is known at no school"
    ]


def test_central_staff_go_to_the_authoritys_own_return(join: Join) -> None:
    linked = join(
        payroll="""
        school | ref | tn      | born       | family | given | type | start      | post
        919    | P1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | AVT
    """
    )
    one = linked.returns["919"]
    assert (one.header["source_level"], one.header["estab"]) == ("L", None)
    assert column(one, "contracts", "la_school_level") == ["L"]


def test_what_one_school_knows_of_a_person_serves_the_other(join: Join) -> None:
    linked = join(mis="""
        school   | ref | tn      | born       | family | given | ethnicity | type | start      | post
        919/4001 | M1  | 0000012 | 1980-02-03 | Ash    | Ann   | WBRI      | PRM  | 2010-09-01 | TCH
        919/4002 | M7  | 0000012 | 1980-02-03 | Ash    | Ann   |           | PRM  | 2010-09-01 | TCH
    """, authority=TWO)  # fmt: skip
    assert column(linked.returns["919/4002"], "members", "ethnicity") == ["WBRI"]
    assert len(linked.returns["919/4001"].tables["members"]) == 1


def test_a_personal_item_nobody_knows_is_asked_for_once_over_two_schools(join: Join) -> None:
    linked = join(mis="""
        school   | ref | tn      | born       | family | given | type | start      | post
        919/4001 | M1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | TCH
        919/4002 | M7  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | TCH
    """, authority=TWO)  # fmt: skip
    [asked] = [one for one in linked.to_key if one.item == "ethnicity"]
    assert (asked.ref, asked.also_at) == ("919/4001", ("919/4002",))
    assert linked.keyed_twice == 0
