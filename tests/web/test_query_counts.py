"""No page asks the database more often where there are more schools or more findings."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from muster_web.accounts.models import Organisation
from muster_web.returns.models import Finding, Return, RuleCount
from tests.web.files import WRONG, return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 30


@pytest.fixture
def loaded(viewers, returns) -> Return:
    """A return with three findings, one of them an error."""
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of(WRONG))
    return world.now(returns["ashcombe"])


OFFICER, SCHOOL, HEAD = "anyshire.la_officer", "ashcombe.preparer", "ashcombe.head"
# Who opens the page, its name, what its address is made of, and what is asked of it.
PAGES = {
    "the first page": (OFFICER, "home", (), ""),
    "the board": (OFFICER, "board", ("round",), ""),
    "the board by rule": (OFFICER, "board_rules", ("round",), ""),
    "a return": (SCHOOL, "return_page", ("pk",), ""),
    "its summary": (HEAD, "summary", ("pk",), ""),
    "findings by cause": (SCHOOL, "findings", ("pk",), "?by=cause"),
    "findings by rule": (SCHOOL, "findings", ("pk",), "?by=rule"),
    "findings by person": (SCHOOL, "findings", ("pk",), "?by=person"),
    "those of a rule": (SCHOOL, "explain", ("pk", "by rule", "rule"), ""),
}


def address(page: str, subject: Return) -> str:
    """Where a page of a return is."""
    _, name, parts, asked = PAGES[page]
    known = {"round": subject.round_id, "pk": subject.pk, "by rule": "rule", "rule": rule(subject)}
    return reverse(name, args=[known[one] for one in parts]) + asked


def rule(subject: Return) -> str:
    """A rule that was broken."""
    return Finding.objects.filter(subject=subject, severity="query").latest("pk").rule


def more_schools(organisations, round_id: int) -> None:
    """Sixty more schools of Anyshire with a return each."""
    made = [
        Organisation(kind="school", name=f"More {number}", la_code="999", estab=f"{3000 + number}",
                     authority=organisations["anyshire"])
        for number in range(60)
    ]  # fmt: skip
    Return.objects.bulk_create(
        Return(round_id=round_id, organisation=one, agent=organisations["anyshire"])
        for one in Organisation.objects.bulk_create(made)
    )


def more_findings(subject: Return) -> None:
    """Ten times each finding there is, of other people, and as many rules more."""
    found = list(Finding.objects.filter(subject=subject))
    for number in range(10):
        for one in found:
            one.pk, one.person_mark = None, f"more{number}"
            one.fingerprint, one.rule = (
                f"{number}-{one.fingerprint}"[:24],
                one.rule if number % 2 else f"more.{number}",
            )
        Finding.objects.bulk_create(found)
    for one in list(RuleCount.objects.filter(subject=subject)):
        for number in range(10):
            one.pk, one.rule = None, f"more.{number}.{one.code}"
            one.save(force_insert=True)


def queries(client, where: str) -> int:
    """How many statements a page takes once it is warm."""
    assert client.get(where).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    return len(asked)


@pytest.mark.parametrize("page", PAGES)
def test_there_may_be_more_of_everything_and_no_more_queries_for(
    page, loaded, organisations, sign_in
) -> None:
    client, where = sign_in(PAGES[page][0]), address(page, loaded)
    few = queries(client, where)
    more_schools(organisations, loaded.round_id)
    more_findings(loaded)
    assert queries(client, where) == few <= MOST
