"""What falls in this year's return, and the reason given for everything that does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.link_sources import anyshire, column, school

from muster.link import Linked

Join = Callable[..., Linked]
WHO = "ref | tn      | born       | family | given"
ANN = "M1  | 0000012 | 1980-02-03 | Ash    | Ann"


def reasons(linked: Linked, table: str) -> list[str]:
    """Why records of a table are left out."""
    return [out.reason for out in linked.left_out if out.table == table]


@pytest.mark.parametrize(
    ("contract", "reason"),
    [
        ("PRM | 2010-09-01 | 2012-08-31", "ended on 31 August 2012, before the window that starts on 1 September 2012"),
        ("PRM | 2010-09-01 | 2012-09-01", ""),
        ("PRM | 2013-11-08 | ", "starts on 8 November 2013, after census day"),
        ("PRM | 2013-11-07 | ", ""),
        ("TMP | 2013-10-12 | ",
         "temporary, and open for fewer than 28 days on census day (from 12 October 2013); due next year"),
        ("TMP | 2013-10-11 | ", ""),
        ("SAG | 2013-10-12 | ",
         "temporary, and open for fewer than 28 days on census day (from 12 October 2013); due next year"),
        ("TMP | 2013-10-12 | 2013-12-20", ""),
        ("TMP | 2013-04-01 | 2013-04-27", "lasts fewer than 28 days, 1 April 2013 to 27 April 2013"),
        ("TMP | 2013-04-01 | 2013-04-28", ""),
        ("PRM | 2010-09-01 | 2001-09-01", ""),
    ],
)  # fmt: skip
def test_a_contract_counts_if_it_is_long_enough_and_in_its_window(
    join: Join, contract: str, reason: str
) -> None:
    linked = join(mis=f"{WHO} | type | start | end | post\n{ANN} | {contract} | TCH")
    assert reasons(linked, "contracts") == ([reason] if reason else [])
    assert len(linked.returns["919/4001"].tables["members"]) == (0 if reason else 1)
    assert bool(reasons(linked, "members")) == bool(reason)


@pytest.mark.parametrize(
    ("absence", "kept"),
    [
        ("2012-09-01 | 2012-09-03", True),
        ("2012-08-20 | 2012-08-31", False),
        ("2012-08-20 | 2012-09-01", True),
        ("2013-08-31 | ", True),
        ("2013-09-01 | 2013-09-02", False),
    ],
)
def test_an_absence_counts_if_any_day_of_it_is_in_the_window(join: Join, absence: str, kept: bool) -> None:
    linked = join(
        mis=f"{WHO} | type | start | post | away | back\n{ANN} | PRM | 2010-09-01 | TCH | {absence}"
    )
    assert len(linked.returns["919/4001"].tables["absences"]) == kept
    assert len(reasons(linked, "absences")) == (not kept)


def test_absences_and_qualifications_of_other_support_staff_are_not_collected(join: Join) -> None:
    linked = join(
        mis=f"""
        {WHO} | type | start      | post | role | away       | degree
        {ANN} | PRM  | 2010-09-01 | SUP  | CLNR | 2013-01-07 | FRST
    """
    )
    one = linked.returns["919/4001"]
    assert (len(one.tables["absences"]), len(one.tables["qualifications"])) == (0, 0)
    assert reasons(linked, "absences") and reasons(linked, "qualifications")


def test_curriculum_is_not_collected_from_a_primary_school(join: Join) -> None:
    mis = f"{WHO} | type | start | post | teaches | year_group\n{ANN} | PRM | 2010-09-01 | TCH | MAT | 7"
    at_primary = join(mis=mis, authority=anyshire(school("919/4001", phase="Primary")))
    at_secondary = join(mis=mis, authority=anyshire(school("919/4001", phase="Secondary")))
    assert len(at_primary.returns["919/4001"].tables["curriculum"]) == 0
    assert len(at_secondary.returns["919/4001"].tables["curriculum"]) == 1
    assert len(reasons(at_primary, "curriculum")) == 1


def test_somebody_without_any_contract_is_left_out_where_others_have_one(join: Join) -> None:
    linked = join(
        mis=f"""
        {WHO} | type | start | post
        {ANN} | PRM | 2010-09-01 | TCH
        M2 | | 1970-05-06 | Elm | Eve | | |
    """
    )
    assert column(linked.returns["919/4001"], "members", "family_name") == ["Ash"]
    assert reasons(linked, "members") == ["no source holds a contract or agreement for this person"]


def test_a_staff_export_of_details_only_still_returns_its_people(join: Join) -> None:
    linked = join(mis=f"{WHO}\n{ANN}")
    assert len(linked.returns["919/4001"].tables["members"]) == 1
