"""Inviting, and following the link of an invitation."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from muster_web.accounts.models import Invitation, User

pytestmark = pytest.mark.django_db
WORDS = "otter lantern gravel seventy"
SENT = {
    "name": "Sam Field",
    "email": "Sam@Ashcombe.example",
    "roles": ["preparer"],
    "collection": "",
    "reason": "New",
}


@pytest.fixture
def link(sign_in) -> str:
    """The link that Sam gets."""
    answer = sign_in("ashcombe.approver").post(reverse("invite"), SENT)
    assert answer.status_code == 302
    return re.search(r"http://\S+?(/people/accept/[\w-]+/)", mail.outbox[-1].body)[1]


def test_the_grid_shows_who_is_invited_and_until_when(link, sign_in) -> None:
    page = sign_in("ashcombe.approver").get(reverse("people")).content.decode()
    assert "sam@ashcombe.example" in page and "Send again" in page


def test_an_invitation_without_a_role_is_refused(sign_in) -> None:
    answer = sign_in("ashcombe.approver").post(reverse("invite"), {**SENT, "roles": []})
    assert answer.status_code == 200 and "Nothing is chosen for ‘Roles’" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_approver_cannot_invite_to_another_school(sign_in, organisations) -> None:
    answer = sign_in("ashcombe.approver").get(reverse("invite_to", args=[organisations["birchfield"].pk]))
    assert answer.status_code == 404


def test_an_authority_does_not_invite_past_a_schools_approver(sign_in, organisations, people) -> None:
    url = reverse("invite_to", args=[organisations["ashcombe"].pk])
    client = sign_in("anyshire.approver")
    assert "has an approver, who decides" in client.get(url).content.decode()
    assert client.post(url, SENT).status_code == 200
    assert not Invitation.objects.exists()


def test_what_is_said_of_an_address_with_an_account_is_the_same(sign_in, people) -> None:
    client = sign_in("ashcombe.approver")
    known = client.post(reverse("invite"), {**SENT, "email": people["dunmere.head"].email}, follow=True)
    assert "The invitation is on its way" in known.content.decode()


def test_following_the_link_makes_the_account_and_comes_in(link) -> None:
    somebody = Client()
    page = somebody.get(link)
    assert page.status_code == 200 and "You are invited to Ashcombe School" in page.content.decode()
    answer = somebody.post(link, {"password": WORDS}, follow=True)
    assert "Your account is ready" in answer.content.decode()
    assert User.objects.get(email="sam@ashcombe.example").last_seen


def test_without_a_password_a_passkey_is_set_up_at_once(link) -> None:
    somebody = Client()
    answer = somebody.post(link, {"without": "on"}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("mfa_add_webauthn") and answer.status_code == 200
    assert not User.objects.get(email="sam@ashcombe.example").has_usable_password()


def test_a_weak_password_is_refused_on_the_page(link) -> None:
    answer = Client().post(link, {"password": "passwordpassword"})
    assert answer.status_code == 200 and "easily guessed" in answer.content.decode()
    assert User.objects.get(email="sam@ashcombe.example").status == User.Status.INVITED


def test_neither_password_nor_passkey_is_refused(link) -> None:
    assert "Choose a password" in Client().post(link, {"password": ""}).content.decode()


def test_a_used_link_says_so(link) -> None:
    Client().post(link, {"password": WORDS})
    again = Client().get(link)
    assert again.status_code == 410 and "used already" in again.content.decode()


def test_a_made_up_link_says_nothing_about_anybody(db) -> None:
    answer = Client().get(reverse("accept_invitation", args=["made-up"]))
    assert answer.status_code == 410 and "not one of ours" in answer.content.decode()


def test_somebody_with_an_account_signs_in_and_accepts(sign_in, people) -> None:
    sign_in("ashcombe.approver").post(reverse("invite"), {**SENT, "email": people["dunmere.head"].email})
    link = re.search(r"(/people/accept/[\w-]+/)", mail.outbox[-1].body)[1]
    assert reverse("account_login") in Client().get(link)["Location"]
    client = Client()
    client.force_login(people["dunmere.head"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(link, follow=True)
    assert "You now belong to Ashcombe School" in answer.content.decode()


def test_a_link_can_be_sent_again_and_withdrawn(link, sign_in) -> None:
    invitation = Invitation.objects.get()
    client = sign_in("ashcombe.approver")
    client.post(reverse("resend_invitation", args=[invitation.pk]))
    assert len([one for one in mail.outbox if "invited" in one.subject]) == 2
    client.post(reverse("withdraw_invitation", args=[invitation.pk]))
    assert Client().get(link).status_code == 410
    other = sign_in("birchfield.approver").post(reverse("resend_invitation", args=[invitation.pk]))
    assert other.status_code == 404
