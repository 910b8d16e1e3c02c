"""Whoever leaves, or whose access ends, is out with the next request: on pages, and with the tokens of machines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster_web.accounts.actions import granting, sharing
from muster_web.accounts.models import Access, Grant, Membership
from muster_web.machines.actions.accounts import end_old_secrets, revoke_account, rotate_secret
from tests.web.api.conftest import ask_token
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inside(sign_in, viewers, ashcombe):
    """The data manager is signed in and looks at the return."""
    world.load(viewers["ashcombe.preparer"], ashcombe, return_of())
    client = sign_in("ashcombe.preparer")
    assert client.get(address(ashcombe)).status_code == 200
    return client


def address(subject) -> str:
    """The first page of a return."""
    return reverse("return_page", args=[subject.pk])


def test_a_person_who_is_removed_is_signed_out_with_the_next_click(inside, viewers, people, ashcombe) -> None:
    membership = Membership.objects.get(user=people["ashcombe.preparer"])
    granting.remove(viewer=viewers["ashcombe.approver"], membership=membership)
    answer = inside.get(address(ashcombe))
    assert answer.status_code == 302 and "/sign-in/login/" in answer["Location"]


def test_a_person_who_is_suspended_does_not_sign_in_again(inside, viewers, people, ashcombe) -> None:
    granting.suspend(viewer=viewers["ashcombe.approver"], user=people["ashcombe.preparer"])
    assert "/sign-in/login/" in inside.get(address(ashcombe))["Location"]
    assert not inside.login(email="preparer@ashcombe.example", password="correct horse battery staple")


ENDS = {
    "membership": Membership.objects.filter(user__email="preparer@ashcombe.example"),
    "role": Grant.objects.filter(membership__user__email="preparer@ashcombe.example"),
}


@pytest.mark.parametrize("what", ENDS)
def test_a_session_is_worth_nothing_the_day_after_the_last_day(what: str, inside, ashcombe) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert ENDS[what].all().update(starts=yesterday - timedelta(days=9), ends=yesterday) == 1
    for name in ("return_page", "findings", "upload", "thread"):
        assert inside.get(reverse(name, args=[ashcombe.pk])).status_code == 403, name
    assert "No return is waiting" in inside.get(reverse("home")).text


def test_a_leaver_cannot_finish_the_form_that_was_open(inside, ashcombe) -> None:
    ENDS["membership"].all().update(ended=timezone.now())
    answer = inside.post(reverse("thread", args=[ashcombe.pk]), {"text": "One last word."})
    assert answer.status_code == 403 and not ashcombe.messages.exists()


def test_the_token_of_a_machine_that_was_revoked_opens_nothing(call, services, viewers, ashcombe) -> None:
    machine = call("ashcombe")
    assert machine.get(f"/returns/{ashcombe.pk}").status_code == 200
    revoke_account(viewer=viewers["ashcombe.approver"], account=services["ashcombe"].account)
    assert machine.get(f"/returns/{ashcombe.pk}").status_code == 401
    assert machine.send(ashcombe.round_id, return_of()).status_code == 401


def test_the_secret_a_leaver_knew_is_worth_nothing_once_it_was_ended(call, services, viewers, client) -> None:
    made, machine = services["ashcombe"], call("ashcombe")
    rotate_secret(viewer=viewers["ashcombe.approver"], account=made.account)
    end_old_secrets(viewer=viewers["ashcombe.approver"], account=made.account)
    assert ask_token(client, made.account.client_id, made.secret).status_code == 401
    assert machine.get("/rounds").status_code == 401


def test_the_approver_is_told_which_machines_a_leaver_made(sign_in, services, people) -> None:
    account = services["ashcombe"].account
    account.made_by = people["ashcombe.preparer"]
    account.save()
    client = sign_in("ashcombe.approver")
    page = client.post(reverse("remove_person", args=[people["ashcombe.preparer"].pk]), follow=True).text
    assert "ashcombe system" in page and "new secret" in page


def test_a_provider_whose_access_is_taken_back_is_out_with_the_next_request(
    let_in, call, viewers, ashcombe, people, sign_in
) -> None:
    given = let_in("ashcombe", "supplier")
    machine = call("supplier")
    assert machine.get(f"/returns/{ashcombe.pk}").status_code == 200
    sharing.revoke_access(viewer=viewers["ashcombe.approver"], access=Access.objects.get(pk=given.pk))
    assert machine.get(f"/returns/{ashcombe.pk}").status_code == 404
    assert machine.send(ashcombe.round_id, return_of()).status_code == 404
