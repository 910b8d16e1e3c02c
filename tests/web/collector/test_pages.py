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
