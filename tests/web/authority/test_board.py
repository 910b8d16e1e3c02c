"""The board narrows and sorts, each count is its list's, and it asks the same few questions however many schools."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from muster_web.accounts.models import Access, Grant, Membership, Organisation
from muster_web.accounts.roles import Role
from muster_web.returns.models import LocalDeadline, Return
from muster_web.returns.queries.risk import at_risk
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
OVER_MANY = ("board", "at_risk", "board_rules", "cases", "chase_log", "phone_list", "exports")


@pytest.fixture
def url(rounds):
    """The address of a page over the returns of the statutory round."""
    return lambda name: reverse(name, args=[rounds["statutory"].pk])


def more_schools(round_, authority: Organisation, count: int) -> None:
    """So many more primary schools of an authority beside those there are, each owing a return."""
    before = Organisation.objects.filter(phase="Primary").count()
    schools = [
        Organisation(
            kind="school", name=f"School {n:03}", la_code="999", estab=str(5000 + n), authority=authority,
            phase="Primary", urn=f"77{n:05}",
        )
        for n in range(before, before + count)
    ]  # fmt: skip
    made = Organisation.objects.bulk_create(schools)
    Return.objects.bulk_create([Return(round=round_, organisation=one, agent=authority) for one in made])


def listed(page: str) -> list[str]:
    """The schools in the table of the board, in their order."""
    return re.findall(r'scope="row"[^>]*><a[^>]*>([^<]+)</a>', page)


def test_pressing_a_heading_twice_turns_the_order_round(sign_in, url, returns) -> None:
    client = sign_in("anyshire.la_officer")
    there = listed(client.get(url("board"), {"sort": "school"}).content.decode())
    back = listed(client.get(url("board"), {"sort": "-school"}).content.decode())
    assert there == ["Ashcombe School", "Birchfield Primary School"] and back == there[::-1]


def test_every_filter_that_is_pressed_lists_as_many_as_it_said(
    sign_in, url, rounds, organisations, returns
) -> None:
    more_schools(rounds["statutory"], organisations["anyshire"], 3)
    client = sign_in("anyshire.la_officer")
    page = client.get(url("board"))
    told = page.context
    links = [(href, n) for href, _, n, _ in (*told["work"], *told["phases"], *told["types"])] + [told["all"]]
    assert len(links) >= 10
    for href, number in links:
        assert client.get(url("board") + href).context["page"].paginator.count == number, href
    narrowed = client.get(url("board"), {"phase": "Primary", "work": "not_loaded"})
    assert narrowed.context["page"].paginator.count == 3


def test_an_academy_that_let_the_authority_in_is_shown_with_how_far(
    sign_in, url, organisations, returns
) -> None:
    giver, receiver = organisations["coldbrook"], organisations["anyshire"]
    Access.objects.create(giver=giver, receiver=receiver, level=Access.Level.HELP)
    page = sign_in("anyshire.la_officer").get(url("board"), {"type": "academy"}).content.decode()
    assert listed(page) == ["Coldbrook Academy"] and "lets you help" in page


def test_the_officer_sets_a_day_that_schools_see(sign_in, url, rounds, returns) -> None:
    day = rounds["statutory"].closes
    sent = {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}
    assert sign_in("anyshire.la_officer").post(url("deadline"), sent).status_code == 302
    page = sign_in("ashcombe.preparer").get(reverse("return_page", args=[returns["ashcombe"].pk]))
    assert "Anyshire wants it by" in page.content.decode()
    assert LocalDeadline.objects.get().on == day


def test_a_day_after_the_end_or_no_day_is_refused(sign_in, url) -> None:
    client = sign_in("anyshire.la_officer")
    late = {"on_day": "1", "on_month": "1", "on_year": "2099"}
    said = [client.post(url("deadline"), sent) for sent in (late, {})]
    assert [one.status_code for one in said] == [400, 400]
    assert "must not be after" in said[0].content.decode() and not LocalDeadline.objects.exists()


@pytest.mark.parametrize("name", ["deadline", "at_risk"])
def test_other_pages_are_closed_to_strangers_and_schools(client, sign_in, url, name) -> None:
    assert client.get(url(name)).status_code == 302
    assert sign_in("ashcombe.preparer").get(url(name)).status_code == 403


def test_each_reason_of_a_return_at_risk_is_a_fact(viewers, rounds, returns, organisations) -> None:
    round_ = rounds["statutory"]
    LocalDeadline.objects.create(round=round_, authority=organisations["anyshire"], on=round_.census_day)
    Grant.objects.filter(membership__organisation=organisations["ashcombe"], role=Role.PREPARER).delete()
    Membership.objects.filter(organisation=organisations["dunmere"]).delete()
    found = {
        one.subject.organisation.name: one.reasons for one in at_risk(viewers["anyshire.la_officer"], round_)
    }
    assert "nothing is loaded and the deadline is over" in found["Birchfield Primary School"]
    assert "not so yet: somebody can load and submit the return" in found["Ashcombe School"]
    assert "Dunmere School" not in found


def test_a_return_that_was_sent_is_not_at_risk(viewers, rounds, returns) -> None:
    world.send(viewers, returns["ashcombe"], return_of())
    found = at_risk(viewers["anyshire.la_officer"], rounds["statutory"])
    assert "Ashcombe School" not in [one.subject.organisation.name for one in found]


@pytest.mark.parametrize("name", OVER_MANY)
def test_a_page_asks_as_much_of_five_schools_as_of_fifty(
    sign_in, url, rounds, organisations, name, django_assert_max_num_queries
) -> None:
    client = sign_in("anyshire.la_officer", proved=True)
    client.get(url(name))  # the first page of a session asks a little more
    asked = []
    for more in (3, 45):
        more_schools(rounds["statutory"], organisations["anyshire"], more)
        with django_assert_max_num_queries(45) as captured:
            assert client.get(url(name), {"work": "not_loaded"}).status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1]
