"""The page of an organisation's machines: made, given new secrets and revoked by its approver alone."""

from __future__ import annotations

import re

import pytest

from muster_web.machines.models import ServiceAccount
from tests.web.api.conftest import ask_token

pytestmark = pytest.mark.django_db
NEW = {"name": "Our MIS", "roles": ["preparer"], "collection": "", "networks": ""}


def test_nobody_signs_in_first_and_others_are_refused(client, sign_in) -> None:
    assert "/sign-in/" in client.get("/machines/")["Location"]
    assert sign_in("ashcombe.preparer").get("/machines/").status_code == 403


def test_making_one_asks_for_proof_again(sign_in) -> None:
    assert sign_in("ashcombe.approver").post("/machines/new/", NEW).status_code == 302
    assert not ServiceAccount.objects.exists()


def test_the_secret_is_shown_once_and_works(sign_in) -> None:
    client = sign_in("ashcombe.approver", proved=True)
    answer = client.post("/machines/new/", NEW)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    secret = re.search(r"mss_[\w-]+", answer.content.decode())[0]
    account = ServiceAccount.objects.get()
    assert ask_token(client, account.client_id, secret).status_code == 200
    listed = client.get("/machines/").content.decode()
    assert account.client_id in listed and secret not in listed


@pytest.mark.parametrize(
    ("change", "said"),
    [({"roles": []}, "Choose a role"), ({"networks": "here"}, "not an address or a network")],
)
def test_what_is_missing_or_wrong_is_told_beside_the_form(sign_in, change, said) -> None:
    answer = sign_in("ashcombe.approver", proved=True).post("/machines/new/", {**NEW, **change})
    assert answer.status_code == 400 and said in answer.content.decode()


def test_a_machine_is_given_a_new_secret_and_revoked(sign_in, services) -> None:
    client, made = sign_in("ashcombe.approver", proved=True), services["ashcombe"]
    path = f"/machines/{made.account.pk}"
    assert "mss_" in client.post(f"{path}/rotate/").content.decode()
    assert client.post(f"{path}/end-old/").status_code == 302
    assert ask_token(client, made.account.client_id, made.secret).status_code == 401
    client.post(f"{path}/revoke/")
    made.account.refresh_from_db()
    assert made.account.revoked


def test_another_organisations_machine_is_not_there(sign_in, services) -> None:
    client = sign_in("birchfield.approver", proved=True)
    assert client.post(f"/machines/{services['ashcombe'].account.pk}/revoke/").status_code == 404
    assert services["ashcombe"].account.client_id not in client.get("/machines/").content.decode()


def test_a_script_in_a_name_is_shown_as_text(sign_in) -> None:
    client = sign_in("ashcombe.approver", proved=True)
    client.post("/machines/new/", {**NEW, "name": "<script>alert(1)</script>"})
    page = client.get("/machines/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page
