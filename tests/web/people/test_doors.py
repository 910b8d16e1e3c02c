"""Who gets which page about people: everybody is tried at every address, signed in or not."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

# The page, who may see it, and who may not.
PAGES = (
    ("people", "ashcombe.approver", "ashcombe.preparer"),
    ("invite", "ashcombe.approver", "ashcombe.head"),
    ("requests", "ashcombe.preparer", None),
    ("ask_access", "ashcombe.preparer", None),
    ("claim", "ashcombe.preparer", None),
    ("claims", "anyshire.approver", "anyshire.la_officer"),
    ("delegate", "ashcombe.approver", "ashcombe.preparer"),
    ("access_given", "coldbrook.approver", "coldbrook.head"),
    ("readiness", "anyshire.la_officer", "anyshire.auditor"),
    ("account", "ashcombe.preparer", None),
    ("second_factor", "ashcombe.preparer", None),
)
ACTIONS = (
    "resend_invitation",
    "withdraw_invitation",
    "end_role",
    "remove_person",
    "confirm_claim",
    "revoke_access",
)


@pytest.mark.parametrize("page", [page for page, *_ in PAGES])
def test_somebody_not_signed_in_is_asked_to_sign_in(client, db, page) -> None:
    answer = client.get(reverse(page))
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{reverse('account_login')}?next=")


@pytest.mark.parametrize(("page", "who"), [(page, wrong) for page, _, wrong in PAGES if wrong])
def test_somebody_with_another_role_is_refused(sign_in, rounds, page, who) -> None:
    assert sign_in(who).get(reverse(page)).status_code == 403


@pytest.mark.parametrize(("page", "who"), [(page, right) for page, right, _ in PAGES])
def test_somebody_with_the_role_sees_the_page(sign_in, rounds, page, who) -> None:
    answer = sign_in(who).get(reverse(page))
    assert answer.status_code == 200
    assert b"<h1" in answer.content


def test_a_review_wants_proof_who_it_is_and_is_then_shown(sign_in, people) -> None:
    answer = sign_in("ashcombe.approver").get(reverse("review"))
    assert answer.status_code == 302 and "/reauthenticate/" in answer["Location"]
    shown = sign_in("ashcombe.approver", proved=True).get(reverse("review"))
    assert shown.status_code == 200 and shown.content.count(b'type="radio"') == 6


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_never_taken_by_looking(sign_in, people, action) -> None:
    assert sign_in("ashcombe.approver").get(reverse(action, args=[1])).status_code == 405


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_not_for_others(sign_in, people, action) -> None:
    assert sign_in("ashcombe.preparer").post(reverse(action, args=[1])).status_code == 403


@pytest.mark.parametrize("action", ACTIONS)
def test_what_belongs_to_nobody_or_another_organisation_is_not_there(sign_in, people, action) -> None:
    assert sign_in("ashcombe.approver").post(reverse(action, args=[999_999])).status_code == 404
