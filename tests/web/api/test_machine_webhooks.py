"""The pages of the addresses a machine has told: kept by the approver of its organisation alone, the key shown once."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from muster_web.audit.models import AuditEvent
from muster_web.machines.actions.webhooks import send_due
from muster_web.machines.models import Delivery, Subscription
from muster_web.machines.signing import verify
from tests.web.api.test_webhooks import receiver
from tests.web.files import return_of

__all__ = ["receiver"]
pytestmark = pytest.mark.django_db(transaction=True)
_KEY = re.compile(r"whsec_[\w+/=]+")


@pytest.fixture
def address(services) -> str:
    """The page of Ashcombe's machine."""
    return reverse("machine_webhooks", args=[services["ashcombe"].account.pk])


@pytest.fixture
def approver(sign_in):
    """Ashcombe's approver, who has just shown who they are."""
    return sign_in("ashcombe.approver", proved=True)


@pytest.fixture
def added(approver, address, receiver) -> tuple[Subscription, str]:
    """An address that the approver added, with the key the page showed."""
    wish = {"url": f"http://127.0.0.1:{receiver.server_port}/told", "events": ["return_loaded"]}
    answer = approver.post(address, wish)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    return Subscription.objects.get(), _KEY.search(answer.text)[0]


def changed(client, one: Subscription, what: str):
    """The answer to one of the buttons of an address."""
    url = reverse("change_webhook", args=[one.account_id, one.pk, what])
    return client.post(url, follow=True)


def test_nobody_comes_in_without_signing_in_and_others_are_refused(client, sign_in, address) -> None:
    assert "/sign-in/" in client.get(address)["Location"]
    assert sign_in("ashcombe.preparer").get(address).status_code == 403


def test_the_machine_of_another_organisation_is_not_there(sign_in, address, added) -> None:
    client = sign_in("birchfield.approver", proved=True)
    assert client.get(address).status_code == 404
    assert changed(client, added[0], "end").status_code == 404
    added[0].refresh_from_db()
    assert added[0].ended is None


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"url": "", "events": ["return_loaded"]}, "Enter the address that is told"),
        ({"url": "https://example.org/told", "events": []}, "Choose what it is told of"),
        ({"url": "https://10.0.0.1/told", "events": ["return_loaded"]}, "outside private networks"),
    ],
)
def test_what_is_missing_or_cannot_be_told_is_said_beside_the_form(approver, address, wish, said) -> None:
    answer = approver.post(address, wish)
    assert answer.status_code == 400 and said in answer.text and not Subscription.objects.exists()


def test_an_address_that_was_added_is_told_and_its_key_is_not_shown_again(
    approver, address, added, call, rounds, receiver
) -> None:
    one, key = added
    call("ashcombe").send(rounds["statutory"].pk, return_of())
    assert send_due() == 1
    verify(key, *receiver.told[0])
    assert key not in approver.get(address).text
    log = approver.get(reverse("webhook_log", args=[one.account_id, one.pk])).text
    assert "Return loaded" in log and "Arrived" in log and "204" in log


def test_a_test_says_whether_it_arrived_and_stops_nothing(approver, added, receiver) -> None:
    one, key = added
    assert "The test arrived" in changed(approver, one, "test").text
    verify(key, *receiver.told[0])
    receiver.status = 500
    assert "did not arrive" in changed(approver, one, "test").text
    one.refresh_from_db()
    assert one.disabled == "" and Delivery.objects.filter(given_up=None).count() == 1 and send_due() == 0


def test_a_new_key_makes_the_old_one_worthless(approver, added, receiver) -> None:
    one, old = added
    new = _KEY.search(changed(approver, one, "renew").text)[0]
    changed(approver, one, "test")
    verify(new, *receiver.told[0])
    assert new != old


def test_an_address_is_told_again_and_told_nothing_any_more(approver, added) -> None:
    one, _ = added
    Subscription.objects.update(disabled="A notice did not arrive")
    assert "is told again" in changed(approver, one, "resume").text
    assert "is told nothing any more" in changed(approver, one, "end").text
    one.refresh_from_db()
    assert one.disabled == "" and one.ended
    assert changed(approver, one, "test").status_code == 404
    told = set(AuditEvent.objects.filter(subject=f"webhook:{one.pk}").values_list("name", "actor"))
    assert {name for name, _ in told} == {"webhook_made", "webhook_resumed", "webhook_ended"}
    assert all(actor.startswith("user:") for _, actor in told)


def test_the_log_takes_a_bounded_number_of_queries(
    approver, added, services, django_assert_max_num_queries
) -> None:
    now = timezone.now()
    Delivery.objects.bulk_create(
        Delivery(subscription=added[0], event="return_loaded", body={}, delivered=now) for _ in range(120)
    )
    with django_assert_max_num_queries(16):
        page = approver.get(reverse("webhook_log", args=[added[0].account_id, added[0].pk])).text
    assert page.count("Arrived") == 50
