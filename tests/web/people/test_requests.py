"""Asking, the inbox, answering, claims, access given: through their pages."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from muster_web.accounts.models import Access, AccessRequest, Claim, Grant

pytestmark = pytest.mark.django_db
ASKED = {"number": "999/4001", "what": "role", "role": "preparer", "purpose": "I stand in"}


@pytest.fixture
def asked(sign_in, people) -> AccessRequest:
    """The head of Ashcombe has asked to prepare returns."""
    assert sign_in("ashcombe.head").post(reverse("ask_access"), ASKED).status_code == 302
    return AccessRequest.objects.get()


def test_the_inbox_shows_what_waits_and_what_it_would_mean(asked, sign_in) -> None:
    client = sign_in("ashcombe.approver")
    assert "0 days" in client.get(reverse("requests")).content.decode()
    page = client.get(reverse("answer_request", args=[asked.pk])).content.decode()
    assert "will see every person in it" in page and "I stand in" in page


def test_a_request_is_granted_on_its_page(asked, sign_in, people) -> None:
    sign_in("ashcombe.approver").post(reverse("answer_request", args=[asked.pk]), {"answer": "yes"})
    assert people["ashcombe.head"].memberships.get().grants.filter(role="preparer").exists()


def test_a_refusal_without_a_reason_is_not_taken(asked, sign_in) -> None:
    answer = sign_in("ashcombe.approver").post(reverse("answer_request", args=[asked.pk]), {"answer": "no"})
    assert answer.status_code == 200 and "Say why it is refused" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.answer == "open"


@pytest.mark.parametrize("who", ["birchfield.approver", "otherby.approver"])
def test_another_organisations_request_is_not_there(asked, sign_in, who) -> None:
    assert sign_in(who).get(reverse("answer_request", args=[asked.pk])).status_code == 404


def test_ones_own_requests_are_shown_and_can_be_taken_back(asked, sign_in) -> None:
    client = sign_in("ashcombe.head")
    assert "Waiting" in client.get(reverse("requests")).content.decode()
    client.post(reverse("withdraw_request", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.answer == "withdrawn"
    assert sign_in("ashcombe.preparer").post(reverse("withdraw_request", args=[asked.pk])).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"number": "111/1111"}, "no organisation with this number"), ({"role": ""}, "Choose a role"),
     ({"what": "access"}, "Choose another organisation"), ({"purpose": ""}, "What for is missing")],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_in_words(sign_in, people, changed, said) -> None:
    answer = sign_in("ashcombe.head").post(reverse("ask_access"), {**ASKED, **changed})
    assert answer.status_code == 200 and said in answer.content.decode()


@pytest.fixture
def claimed(sign_in, people) -> Claim:
    """Ashcombe has lost its approver and its preparer claims the role on the page."""
    Grant.objects.filter(membership__user=people["ashcombe.approver"]).delete()
    client = sign_in("ashcombe.preparer")
    assert "There is none. You can claim the role" in client.get(reverse("claim")).content.decode()
    client.post(reverse("claim"))
    return Claim.objects.get()


def test_a_claim_is_shown_to_everybody_in_the_organisation(claimed, sign_in) -> None:
    assert "claimed the role on" in sign_in("ashcombe.auditor").get(reverse("claim")).content.decode()


def test_a_claim_of_an_organisation_with_an_approver_is_refused(sign_in, people) -> None:
    answer = sign_in("birchfield.preparer").post(reverse("claim"), follow=True)
    assert "has an approver already" in answer.content.decode() and not Claim.objects.exists()


def test_the_authority_confirms_on_its_page_and_others_cannot(claimed, sign_in) -> None:
    assert sign_in("otherby.approver").post(reverse("confirm_claim", args=[claimed.pk])).status_code == 404
    client = sign_in("anyshire.approver")
    assert "Ashcombe School" in client.get(reverse("claims")).content.decode()
    client.post(reverse("confirm_claim", args=[claimed.pk]))
    claimed.refresh_from_db()
    assert claimed.confirmed


def test_a_member_objects_with_a_reason(claimed, sign_in) -> None:
    client = sign_in("ashcombe.head")
    url = reverse("object_claim", args=[claimed.pk])
    assert "reason" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "Not agreed"}).status_code == 302
    claimed.refresh_from_db()
    assert claimed.objected
    assert sign_in("dunmere.head").get(url).status_code == 404


def test_the_link_of_the_letter_objects_without_signing_in(claimed) -> None:
    letter = next(one for one in mail.outbox if one.to == ["head@ashcombe.example"])
    link = re.search(r"(/people/claims/object/[^/\s]+/)", letter.body)[1]
    assert Client().get(link).status_code == 200
    Client().post(link, {"reason": "I know nothing of it"})
    claimed.refresh_from_db()
    assert claimed.objected
    assert Client().get(reverse("object_to_claim", args=["forged"])).status_code == 404


def test_an_academy_gives_and_takes_back_access_on_its_page(sign_in, organisations) -> None:
    client = sign_in("coldbrook.approver")
    sent = {"receiver": organisations["anyshire"].pk, "level": "view", "reason": "Help", "collection": "",
            "ends_day": 1, "ends_month": 9, "ends_year": 2040}  # fmt: skip
    assert client.post(reverse("access_given"), sent).status_code == 302
    one = Access.objects.get()
    assert "Take back" in client.get(reverse("access_given")).content.decode()
    assert sign_in("birchfield.approver").post(reverse("revoke_access", args=[one.pk])).status_code == 404
    sign_in("coldbrook.approver").post(reverse("revoke_access", args=[one.pk]))
    one.refresh_from_db()
    assert one.ended


def test_access_without_an_end_is_not_given(sign_in, organisations) -> None:
    sent = {"receiver": organisations["anyshire"].pk, "level": "view", "reason": "Help"}
    answer = sign_in("coldbrook.approver").post(reverse("access_given"), sent)
    assert answer.status_code == 200 and not Access.objects.exists()
