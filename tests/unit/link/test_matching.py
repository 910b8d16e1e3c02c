"""Who is matched with whom, by what, and when a person must decide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.link_sources import codes_of, column

from muster.link import Decisions, Linked

Join = Callable[..., Linked]
CONTRACT = "PRM  | 2010-09-01 | TCH"


def one_each(join: Join, mis: str, payroll: str) -> Linked:
    """One person in the staff export and one in payroll, given as number, NI number, birth, family, given."""
    heading = "ref | tn | ni | born | family | given | type | start | post\n"
    return join(
        mis=f"{heading}M1 | {mis} | {CONTRACT}",
        payroll=f"{heading}P1 | {payroll} | {CONTRACT}",
    )


@pytest.mark.parametrize(
    ("mis", "payroll", "how"),
    [
        ("0000012 |  | 1980-02-03 | Ash | Ann", "0000012 |  | 1980-02-03 | Birch | Ann",
         "teacher number and birth date"),
        (" | QQ123450A | 1980-02-03 | Ash | Ann", " | QQ 12 34 50 | 1980-02-03 | Ash | Anne",
         "NI number and birth date"),
        (" |  | 1980-02-03 | Ó'Ash-Elm | Ann Mary", " |  | 1980-02-03 | OASH ELM | ANN",
         "name and birth date within the school"),
        ("0000012 | QQ123450A | 1980-02-03 | Ash | Ann", "0000012 | QQ123405A | 1980-02-03 | Ash | Ann",
         "teacher number and birth date"),
    ],
)  # fmt: skip
def test_one_person_in_two_sources_is_matched_by_the_surest_evidence(
    join: Join, mis: str, payroll: str, how: str
) -> None:
    linked = one_each(join, mis, payroll)
    assert [match.how for match in linked.matches] == [(how,)]
    assert len(linked.returns["919/4001"].tables["members"]) == 1


@pytest.mark.parametrize(
    "mis, payroll",
    [
        (" |  |  | Ash | Ann", " |  |  | Ash | Ann"),
        (" |  |  | Ash | Ann", " |  | 1980-02-03 | Ash | Ann"),
        ("0000000 |  | 1900-01-01 | Ash | Ann", "0000000 |  | 1900-01-01 | Elm | Bob"),
        ("0000000 |  | 1980-02-03 | Ash | Ann", "0000000 |  | 1980-02-03 | Elm | Bob"),
        ("N/K | N/K | N/K | N/K | N/K", "N/K | N/K | N/K | N/K | N/K"),
        (" | TN123450F | 1980-02-03 | Ash | Ann", " | TN123450F | 1980-02-03 | Elm | Bob"),
        (" | QQ000000A | 1980-02-03 | Ash | Ann", " | QQ000000A | 1980-02-03 | Elm | Bob"),
        (" |  | 1980-02-03 | Ash | Ann", " |  | 1955-12-31 | Ash | Ann"),
    ],
)
def test_a_placeholder_or_a_name_alone_matches_nobody(join: Join, mis: str, payroll: str) -> None:
    assert one_each(join, mis, payroll).matches == ()


@pytest.mark.parametrize(
    ("mis", "payroll", "evidence"),
    [
        (" | QQ123450A | 1980-02-03 | Ash | Ann", " | QQ123450A | 1980-03-02 | Ash | Ann",
         "birth dates one slip apart"),
        (" | QQ123450A | 1980-02-03 | Ash | Ann", " | QQ123405A | 1980-02-03 | Elm | Ann",
         "NI numbers one typing error apart"),
        ("0000012 |  | 1980-02-03 | Ash | Elizabeth", "0000021 |  | 1980-02-03 | Ash | Liz",
         "one given name a form of the other"),
        (" |  | 1980-02-03 | Ash | Ann", " |  | 1980-02-03 | Ann | Ash", "family and given name changed about"),
    ],
)  # fmt: skip
def test_what_is_alike_but_not_the_same_is_proposed_and_not_matched(
    join: Join, mis: str, payroll: str, evidence: str
) -> None:
    linked = one_each(join, mis, payroll)
    assert linked.matches == ()
    assert [evidence in proposal.reasons for proposal in linked.proposals] == [True]
    assert "link.unconfirmed_match" in codes_of(linked)


def test_agreeing_names_with_different_numbers_are_for_a_person_to_decide(join: Join) -> None:
    linked = one_each(join, "0000012 |  | 1980-02-03 | Ash | Ann", "9999990 |  | 1980-02-03 | Ash | Ann")
    assert linked.matches == ()
    assert [proposal.code for proposal in linked.proposals] == ["link.numbers_disagree"]


def test_one_number_under_two_unlike_names_is_for_a_person_to_decide(join: Join) -> None:
    linked = one_each(
        join, "0000012 |  | 1980-02-03 | Ash | Ann", "0000012 |  | 1980-02-03 | Whittaker | Bartholomew"
    )
    assert [proposal.code for proposal in linked.proposals] == ["link.names_disagree"]


TWINS = """
ref | tn | ni | born       | family | given | type | start      | post
M1  |    |    | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | TCH
M2  |    |    | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | TCH
"""
ONE = """
ref | tn | ni | born       | family | given | type | start      | post
P1  |    |    | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | TCH
"""


def test_two_equal_candidates_make_two_proposals_and_no_pick(join: Join) -> None:
    linked = join(mis=TWINS, payroll=ONE)
    assert linked.matches == ()
    assert {proposal.code for proposal in linked.proposals} == {"link.two_equal_candidates"}
    assert len(linked.proposals) == 2


def test_a_number_only_one_of_two_namesakes_has_decides_between_them(join: Join) -> None:
    linked = join(mis=TWINS.replace("M1  |    |   ", "M1  |    | QQ123450A"),
                  payroll=ONE.replace("P1  |    |   ", "P1  |    | QQ123450A"))  # fmt: skip
    assert [match.how for match in linked.matches] == [("NI number and birth date",)]
    assert linked.proposals == ()


def test_a_yes_joins_and_a_no_keeps_apart_and_neither_is_asked_again(join: Join) -> None:
    asked = join(mis=TWINS, payroll=ONE).proposals
    first, second = sorted(asked, key=lambda proposal: proposal.right.reference)
    decided = Decisions.of(
        [(first.left.key, first.right.key, True), (second.left.key, second.right.key, False)]
    )
    linked = join(mis=TWINS, payroll=ONE, confirmed=decided)
    assert [match.how for match in linked.matches] == [("confirmed by a person",)]
    assert linked.proposals == ()


def test_a_refused_pair_is_never_matched_by_any_pass(join: Join) -> None:
    mis = "ref | tn      | born       | family | given\nM1  | 0000012 | 1980-02-03 | Ash    | Ann"
    payroll = mis.replace("M1", "P1")
    [match] = join(mis=mis, payroll=payroll).matches
    linked = join(mis=mis, payroll=payroll, confirmed=Decisions.of([(*match.keys, False)]))
    assert (linked.matches, linked.proposals) == ((), ())


def test_a_decision_on_records_that_are_gone_is_said_and_ignored(join: Join) -> None:
    linked = join(mis=ONE, confirmed=Decisions.of([("gone", "also gone", True)]))
    assert "link.decision_not_used" in codes_of(linked)


def test_rows_of_payroll_for_two_posts_of_one_person_are_one_person_with_two_contracts(join: Join) -> None:
    linked = join(
        payroll="""
        ref | tn      | born       | family | given | type | start      | post
        P1  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2010-09-01 | TCH
        P2  | 0000012 | 1980-02-03 | Ash    | Ann   | PRM  | 2011-09-01 | SUP
    """
    )
    one = linked.returns["919/4001"]
    assert len(one.tables["members"]) == 1
    assert column(one, "contracts", "post") == ["TCH", "SUP"]


def test_a_staff_number_used_for_two_people_does_not_make_them_one(join: Join) -> None:
    linked = join(
        payroll="""
        school   | ref | born       | family    | given       | type | start      | post
        919/4001 | P1  | 1980-02-03 | Ash       | Ann         | PRM  | 2010-09-01 | TCH
        919/4001 |     | 1961-07-08 | Whittaker | Bartholomew | PRM  | 2011-09-01 | SUP
    """
    )
    assert len(linked.returns["919/4001"].tables["members"]) == 2


def test_the_same_name_and_birth_date_at_two_schools_stay_two_people(join: Join) -> None:
    linked = join(
        mis="school   | ref | born       | family | given\n919/4001 | M1  | 1980-02-03 | Ash    | Ann",
        payroll="school   | ref | born       | family | given\n919/4002 | P1  | 1980-02-03 | Ash    | Ann",
        authority=None,
    )
    assert linked.matches == ()
