"""A machine proves itself with its id and secret, and its token is worth no more than they are, at each request."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.roles import Role
from muster_web.audit.models import AuditEvent
from muster_web.machines.actions.accounts import end_old_secrets, make_account, revoke_account, rotate_secret
from muster_web.machines.models import ServiceSecret
from muster_web.machines.scopes import scopes_of
from tests.web.api.conftest import Caller, ask_token, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(services):
    """Ashcombe's service account."""
    return services["ashcombe"]


@pytest.fixture
def approver(viewers):
    """Ashcombe's approver."""
    return viewers["ashcombe.approver"]


def works(token: str) -> bool:
    """Whether a token is taken."""
    answer = Client().get("/api/v1/rounds", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code == 200


def test_id_and_secret_give_a_token_for_an_hour(client, made) -> None:
    answer = ask_token(client, made.account.client_id, made.secret)
    said = answer.json()
    assert (said["token_type"], said["expires_in"]) == ("Bearer", 3600)
    assert set(said["scope"].split()) == scopes_of([Role.PREPARER])
    assert answer["Cache-Control"] == "no-store" and works(said["access_token"])


def test_basic_authentication_does_as_well_as_form_fields(client, made) -> None:
    given = base64.b64encode(f"{made.account.client_id}:{made.secret}".encode()).decode()
    answer = client.post(
        "/api/token", {"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {given}"}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_secret": "mss_wrong"}, "invalid_client"),
        ({"client_id": "muster-nobody"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"scope": "returns:decide"}, "invalid_scope"),
    ],
)
def test_what_is_not_good_gets_no_token_and_is_told_as_the_standard_says(
    client, made, changed, error
) -> None:
    fields = {
        "grant_type": "client_credentials", "client_id": made.account.client_id, "client_secret": made.secret,
    }  # fmt: skip
    answer = client.post("/api/token", {**fields, **changed})
    assert answer.status_code in (400, 401) and answer.json()["error"] == error
    assert made.secret not in answer.content.decode()


def test_only_the_hash_of_a_secret_is_kept(made) -> None:
    kept = ServiceSecret.objects.get(account=made.account)
    assert made.secret not in repr(vars(kept)) and len(kept.sha256) == 64


def test_a_token_has_no_more_scopes_than_were_asked_for(made) -> None:
    caller = Caller(made, scope="returns:read")
    assert caller.get("/rounds").status_code == 200
    answer = caller.get("/returns/1/files/original")
    assert answer.status_code == 403 and "returns:export" in answer.json()["detail"]


def test_after_rotating_both_secrets_work_and_a_third_ends_the_first(client, made, approver) -> None:
    first = token_of(client, made)
    second = rotate_secret(viewer=approver, account=made.account)
    assert works(first) and works(token_of(client, second))
    third = rotate_secret(viewer=approver, account=made.account)
    assert not works(first)
    assert ask_token(client, made.account.client_id, made.secret).status_code == 401
    assert made.account.secrets.filter(ServiceSecret.live()).count() == 2
    assert works(token_of(client, third))


def test_old_secrets_can_be_ended_at_once_with_their_tokens(client, made, approver) -> None:
    first = token_of(client, made)
    second = rotate_secret(viewer=approver, account=made.account)
    end_old_secrets(viewer=approver, account=made.account)
    assert not works(first) and works(token_of(client, second))


def test_a_revoked_account_is_refused_at_its_next_request(client, made, approver) -> None:
    token = token_of(client, made)
    revoke_account(viewer=approver, account=made.account)
    assert not works(token) and ask_token(client, made.account.client_id, made.secret).status_code == 401


def test_a_token_ends_after_its_hour(client, made, monkeypatch) -> None:
    import time

    token = token_of(client, made)
    later = time.time() + timedelta(hours=1, seconds=5).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert not works(token)


def test_a_token_that_was_changed_is_refused(client, made) -> None:
    token = token_of(client, made)
    assert not works(token[:-2] + ("AA" if token[-2:] != "AA" else "BB")) and not works("nonsense")


def test_an_account_tied_to_a_network_is_refused_from_elsewhere(client, approver) -> None:
    here = make_account(viewer=approver, name="here", roles=[Role.PREPARER], networks=["127.0.0.0/8"])
    elsewhere = make_account(viewer=approver, name="elsewhere", roles=[Role.PREPARER], networks=["192.0.2.1"])
    assert works(token_of(client, here))
    assert ask_token(client, elsewhere.account.client_id, elsewhere.secret).status_code == 401


def test_when_it_was_last_used_is_noted(client, made) -> None:
    token_of(client, made)
    made.account.refresh_from_db()
    assert timezone.now() - made.account.last_used < timedelta(minutes=1)


@pytest.mark.parametrize("role", [Role.HEAD, Role.APPROVER, Role.COLLECTOR])
def test_no_machine_signs_gives_access_or_has_a_role_its_organisation_cannot_give(approver, role) -> None:
    with pytest.raises(NotAllowed, match="cannot have the role"):
        make_account(viewer=approver, name="too much", roles=[role])


def test_only_an_approver_of_the_same_organisation_keeps_accounts(viewers, made) -> None:
    for who in ("ashcombe.preparer", "birchfield.approver"):
        with pytest.raises(NotAllowed):
            revoke_account(viewer=viewers[who], account=made.account)


def test_what_is_done_to_an_account_is_in_the_audit(made, approver) -> None:
    rotate_secret(viewer=approver, account=made.account)
    revoke_account(viewer=approver, account=made.account)
    about = AuditEvent.objects.filter(subject=f"service:{made.account.client_id}").order_by("number")
    names = ["service_account_made", "service_secret_rotated", "service_account_revoked"]
    assert list(about.values_list("name", flat=True)) == names
