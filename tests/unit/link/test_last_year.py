"""What last year's return gives: what does not change, and who has left."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from tests.link_sources import anyshire, codes_of, column, extract_of, school

from muster.link import Linked
from muster.model import Return

Join = Callable[..., Linked]
THEN = """
ref | tn      | born       | family | given | sex | ethnicity | qt   | type | start      | end | post | role | origin | pay | hours
M1  | 0000012 | 1980-02-03 | Ash    | Ann   | 2   | WBRI      | true | PRM  | 2010-09-01 | {end} | TCH  | SENC | TCHLEA | 999 | 30
"""  # noqa: E501 - one row of a table
NOW = """
ref | tn      | born       | family | given | sex | type | start      | post | role | pay   | hours
M1  | 0000012 | 1980-02-03 | Birch  | Ann   | 2   | PRM  | 2010-09-01 | TCH  |      | {pay} | {hours}
"""


@pytest.fixture
def a_year_ago(join: Join) -> Callable[..., Mapping[str, Return]]:
    """Last year's return of Ann Ash, with the end of her contract."""

    def made(end: str = "") -> Mapping[str, Return]:
        authority = anyshire(school("919/4001"), year=2012)
        return join(mis=THEN.format(end=end), authority=authority).returns

    return made


def test_what_does_not_change_is_carried_and_says_so(
    join: Join, a_year_ago: Callable[..., Mapping[str, Return]]
) -> None:
    linked = join(mis=NOW.format(pay="", hours=""), last_year=a_year_ago())
    one = linked.returns["919/4001"]
    assert column(one, "members", "ethnicity") == ["WBRI"]
    assert column(one, "members", "qt_status") == ["true"]
    assert column(one, "contracts", "origin") == ["TCHLEA"]
    assert column(one, "roles", "role") == ["SENC"]
    key = one.tables["members"].keys["member_id"][0] or 0
    assert one.provenance["members", key, "ethnicity"].source == "last_year"


def test_a_name_pay_and_hours_of_last_year_are_never_carried(
    join: Join, a_year_ago: Callable[..., Mapping[str, Return]]
) -> None:
    linked = join(mis=NOW.format(pay="", hours=""), last_year=a_year_ago())
    one = linked.returns["919/4001"]
    assert column(one, "members", "family_name") == ["Birch"]
    assert len(one.tables["payments"]) == len(one.tables["hours"]) == 0
    assert linked.conflicts == ()


def test_this_years_source_comes_before_last_years_return(
    join: Join, a_year_ago: Callable[..., Mapping[str, Return]]
) -> None:
    mis = NOW.format(pay="31000", hours="32.5").replace("|      | 31000", "| TCHR | 31000")
    one = join(mis=mis, last_year=a_year_ago()).returns["919/4001"]
    assert column(one, "roles", "role") == ["TCHR"]
    assert column(one, "payments", "base_pay") == ["31000"]


OTHER = """
ref | tn      | born       | family | given | type | start      | post
M2  | 0000021 | 1970-05-06 | Elm    | Eve   | PRM  | 2010-09-01 | TCH
"""


def test_somebody_gone_without_a_leaving_date_is_said_and_the_date_asked_for(
    join: Join, a_year_ago: Callable[..., Mapping[str, Return]]
) -> None:
    linked = join(mis=OTHER, last_year=a_year_ago())
    assert column(linked.returns["919/4001"], "members", "family_name") == ["Elm"]
    assert "link.leaver_not_found" in codes_of(linked)
    assert [one.target for one in linked.to_key if one.item == "contract_end"] == ["from 2010-09-01"]


def test_somebody_whose_end_was_known_last_year_is_returned_as_a_leaver(
    join: Join, a_year_ago: Callable[..., Mapping[str, Return]]
) -> None:
    one = join(mis=OTHER, last_year=a_year_ago(end="2013-08-31")).returns["919/4001"]
    assert column(one, "members", "family_name") == ["Ash", "Elm"]
    assert column(one, "contracts", "contract_end") == ["2013-08-31", None]


def test_somebody_who_had_left_before_the_window_is_not_mentioned(
    join: Join, a_year_ago: Callable[..., Mapping[str, Return]]
) -> None:
    earlier = a_year_ago(end="2012-08-31")
    linked = join(mis=OTHER, last_year=earlier)
    assert column(linked.returns["919/4001"], "members", "family_name") == ["Elm"]
    assert "link.leaver_not_found" not in codes_of(linked)


def test_a_contract_open_last_year_and_gone_now_is_asked_after(
    join: Join, a_year_ago: Callable[..., Mapping[str, Return]]
) -> None:
    now = NOW.format(pay="", hours="").replace("2010-09-01", "2013-09-01")
    assert "link.contract_not_carried" in codes_of(join(mis=now, last_year=a_year_ago()))


def test_a_school_with_nothing_but_last_years_return_has_none_this_year(
    join: Join, a_year_ago: Callable[..., Mapping[str, Return]]
) -> None:
    linked = join(last_year=a_year_ago())
    assert linked.returns == {}
    assert "link.no_source" in codes_of(linked)


def test_a_code_no_longer_in_force_is_not_carried(join: Join) -> None:
    earlier = join(mis=THEN.format(end="").replace("WBRI", "XXXX")).returns
    one = join(extract_of("mis", NOW.format(pay="", hours="")), last_year=earlier).returns["919/4001"]
    assert column(one, "members", "ethnicity") == [None]
