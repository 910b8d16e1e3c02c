"""The department's pages: authorise, and reopen with a reason and a last day while the official return stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.submit.states import State
from muster_web.returns.actions import deciding
from tests.web.files import WRONG, return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def authorised(returns, viewers):
    """Ashcombe's return, authorised."""
    sent = world.send(viewers, returns["ashcombe"], return_of())
    deciding.approve(viewer=viewers["anyshire.la_approver"], subject=sent)
    deciding.authorise(viewer=viewers["department.collector"], subject=sent)
    return world.now(sent)


def reason_until(days: int) -> dict[str, object]:
    """What the form for reopening holds."""
    day = timezone.localdate() + timedelta(days=days)
    return {
        "reason": "Pay was wrong.",
        "until_day": day.day,
        "until_month": day.month,
        "until_year": day.year,
    }


def test_nobody_comes_in_without_signing_in(client, authorised) -> None:
    assert client.get(reverse("reopen", args=[authorised.pk])).status_code == 302


@pytest.mark.parametrize("who", ["anyshire.la_approver", "ashcombe.preparer"])
def test_only_the_department_reopens_and_authorises(sign_in, authorised, who) -> None:
    client = sign_in(who)
    assert client.post(reverse("reopen", args=[authorised.pk]), reason_until(3)).status_code == 403
    assert client.post(reverse("authorise", args=[authorised.pk])).status_code == 403


def test_a_reopened_return_keeps_its_official_version(sign_in, authorised, viewers) -> None:
    answer = sign_in("department.collector", proved=True).post(
        reverse("reopen", args=[authorised.pk]), reason_until(3)
    )
    assert answer.status_code == 302 and world.now(authorised).state == State.REOPENED
    world.load(viewers["ashcombe.preparer"], authorised, return_of(WRONG))
    now = world.now(authorised)
    assert now.current.number == 2 and now.official.number == 1


def test_a_day_gone_by_and_no_reason_are_told(sign_in, authorised) -> None:
    client, url = sign_in("department.collector", proved=True), reverse("reopen", args=[authorised.pk])
    assert "today or later" in client.post(url, reason_until(-3)).content.decode()
    assert "Say why" in client.post(url, {}).content.decode()


@pytest.fixture
def flawed(returns, viewers):
    """Ashcombe's return with one error of rule 4220."""
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of(WRONG))
    return world.now(returns["ashcombe"])


def test_a_suspended_rule_is_taken_out_of_every_return_at_once_and_put_back(sign_in, flawed) -> None:
    client, url = (
        sign_in("department.collector", proved=True),
        reverse("rule_changes", args=[flawed.round_id]),
    )
    revision = flawed.revision
    client.post(url, {"rule": "4220", "what": "suspended", "reason": "It fires wrongly this morning."})
    now = world.now(flawed)
    assert now.to_fix == 0 and now.revision == revision
    reasons = [reason.lower() for _, reason in now.current.rules.values()]
    assert any("suspended by the department" in reason for reason in reasons)
    page = sign_in("ashcombe.preparer").get(reverse("findings", args=[flawed.pk])).content.decode()
    assert "It fires wrongly this morning." in page
    change = now.round.rule_changes.get()
    sign_in("department.collector", proved=True).post(
        reverse("lift_rule_change", args=[flawed.round_id, change.pk])
    )
    assert world.now(flawed).to_fix == 1


def test_a_rule_turned_into_a_query_can_be_explained(sign_in, flawed, viewers) -> None:
    url = reverse("rule_changes", args=[flawed.round_id])
    told = {"rule": "4220", "what": "downgraded", "reason": "The code set is late."}
    sign_in("department.collector", proved=True).post(url, told)
    world.explain_all(viewers["ashcombe.preparer"], flawed)
    now = world.now(flawed)
    assert (now.to_fix, now.to_explain, now.explained) == (0, 0, 3)


@pytest.mark.parametrize("who", ["anyshire.la_approver", "ashcombe.preparer"])
def test_only_the_department_changes_a_rule_or_opens_a_round(sign_in, flawed, who) -> None:
    client = sign_in(who, proved=True)
    for name in ("rule_changes", "open_round"):
        assert client.get(reverse(name, args=[flawed.round_id])).status_code == 403


def test_an_unknown_rule_and_a_missing_reason_are_told(sign_in, flawed) -> None:
    client, url = (
        sign_in("department.collector", proved=True),
        reverse("rule_changes", args=[flawed.round_id]),
    )
    unknown = client.post(url, {"rule": "9999X", "what": "suspended", "reason": "Why not."})
    assert unknown.status_code == 400 and "There is no rule 9999X" in unknown.content.decode()
    assert client.post(url, {"rule": "4220", "what": "suspended", "reason": ""}).status_code == 400


def dates(opens: int, closes: int) -> dict[str, int]:
    """The two dates of the form for a round, in days from today."""
    found = {}
    for name, days in (("opens", opens), ("closes", closes)):
        day = timezone.localdate() + timedelta(days=days)
        found |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return found


def test_a_round_is_opened_by_copying_and_every_open_school_owes_it(sign_in, rounds) -> None:
    url = reverse("open_round", args=[rounds["statutory"].pk])
    client = sign_in("department.collector", proved=True)
    answer = client.post(url, {"year": 2025, "phase": "dry_run", **dates(0, 30)}, follow=True)
    assert "4 returns are owed" in answer.content.decode()
    again = client.post(url, {"year": 2025, "phase": "dry_run", **dates(0, 30)})
    assert again.status_code == 400 and "already open" in again.content.decode()
    unknown = client.post(url, {"year": 2031, "phase": "statutory", **dates(0, 30)})
    assert "holds no year 2031" in unknown.content.decode()
    assert (
        "later closing day"
        in client.post(url, {"year": 2024, "phase": "statutory", **dates(9, 3)}).content.decode()
    )
