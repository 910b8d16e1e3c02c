"""Who owes a return is decided with a reason; a return is withdrawn by typing its school's number, and comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.submit.states import NotAllowed, State
from muster_web.returns.actions.moving import move
from muster_web.returns.actions.owing import restore
from muster_web.returns.models import Return
from muster_web.returns.queries.board import counts_of
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def url(returns):
    """The address of a page of Ashcombe's return."""
    return lambda name: reverse(name, args=[returns["ashcombe"].pk])


def test_no_return_is_required_with_a_reason_and_required_again(sign_in, url, returns) -> None:
    client, subject = sign_in("anyshire.la_officer"), returns["ashcombe"]
    assert client.post(url("not_required"), {"reason": " "}).status_code == 400
    client.post(url("not_required"), {"reason": "Closed in August."})
    assert world.now(subject).state == State.NOT_REQUIRED
    assert "Closed in August." in client.get(url("return_page")).content.decode()
    client.post(url("required"))
    assert world.now(subject).state == State.EXPECTED


def test_a_loaded_return_is_required(sign_in, url, viewers, returns) -> None:
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of())
    client = sign_in("anyshire.la_officer")
    assert client.post(url("not_required"), {"reason": "Closed."}).status_code == 400
    assert client.post(url("required")).status_code == 403


def test_a_return_is_withdrawn_by_typing_the_number_and_restored(sign_in, url, viewers, returns) -> None:
    sent = world.send(viewers, returns["ashcombe"], return_of())
    client = sign_in("ashcombe.preparer")
    wrong = client.post(url("withdraw_return"), {"typed": "999/2001"})
    assert wrong.status_code == 400 and "Type 999/4001 to confirm." in wrong.content.decode()
    assert world.now(sent).state == State.SUBMITTED
    client.post(url("withdraw_return"), {"typed": "999/4001"})
    assert world.now(sent).state == State.WITHDRAWN
    client.post(url("restore"))
    assert world.now(sent).state == State.LOADED and world.now(sent).current == sent.current


def test_after_thirty_days_it_does_not_come_back(sign_in, url, viewers, returns) -> None:
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of())
    sign_in("ashcombe.preparer").post(url("withdraw_return"), {"typed": "999/4001"})
    Return.objects.filter(pk=returns["ashcombe"].pk).update(last_event=timezone.now() - timedelta(days=31))
    with pytest.raises(NotAllowed, match="more than 30 days ago"):
        restore(viewer=viewers["ashcombe.preparer"], subject=returns["ashcombe"])


@pytest.mark.parametrize("name", ["not_required", "withdraw_return"])
def test_strangers_sign_in_and_others_find_nothing(client, sign_in, url, name) -> None:
    assert client.get(url(name)).status_code == 302
    assert sign_in("otherby.la_officer").get(url(name)).status_code == 404
    assert sign_in("ashcombe.head").get(url(name)).status_code == 403


def test_practice_goes_the_whole_way_and_is_never_counted(
    sign_in, viewers, rounds, organisations, returns
) -> None:
    practice = Return.objects.get(round=rounds["practice"], organisation=organisations["ashcombe"])
    world.send(viewers, practice, return_of())
    sign_in("anyshire.la_approver", proved=True).post(reverse("approve", args=[practice.pk]))
    sign_in("department.collector", proved=True).post(reverse("authorise", args=[practice.pk]))
    assert world.now(practice).state == State.AUTHORISED
    assert world.now(returns["ashcombe"]).state == State.EXPECTED
    counted = counts_of(Return.objects.filter(round=rounds["statutory"]))
    assert counted["authorised"] == 0 and counted["not_loaded"] == sum(counted.values())


def test_practice_is_open_when_the_statutory_round_is_over(viewers, rounds, organisations, returns) -> None:
    last_year = timezone.localdate() - timedelta(days=300)
    for one in rounds.values():
        one.opens, one.closes = last_year - timedelta(days=30), last_year
        one.save()
    practice = Return.objects.get(round=rounds["practice"], organisation=organisations["ashcombe"])
    world.load(viewers["ashcombe.preparer"], practice, return_of())
    assert world.now(practice).state == State.LOADED
    with pytest.raises(NotAllowed, match="closed on"):
        move(returns["ashcombe"], "upload", viewer=viewers["ashcombe.preparer"])
