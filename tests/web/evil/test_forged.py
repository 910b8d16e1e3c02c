"""What is forged or used a second time: a notice, a receipt, a token, a session, a form."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from muster.model import MusterError
from muster_web.machines.actions.webhooks import send_due
from muster_web.machines.signing import verify
from muster_web.machines.tokens import _SIGNER, GOOD_FOR
from muster_web.returns.models import Receipt
from tests.web.api.conftest import Caller
from tests.web.api.test_webhooks import subscribe
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_notice_forged_or_sent_again_later_is_refused_by_who_gets_it(call, ashcombe, receiver) -> None:
    school = call("ashcombe")
    key = subscribe(school, receiver, "return_loaded")["key"]
    school.send(ashcombe.round_id, return_of())
    send_due()
    headers, body = receiver.told[0]
    verify(key, headers, body)
    with pytest.raises(MusterError, match="not signed"):
        verify(key, headers, body.replace(b"return_loaded", b"return_approved"))
    with pytest.raises(MusterError, match="another time"):
        verify(key, headers, body, now=int(headers["webhook-timestamp"]) + 301)
    later = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 200)}
    with pytest.raises(MusterError, match="not signed"):
        verify(key, later, body)
    with pytest.raises(MusterError, match="not signed"):
        verify("whsec_AAAA", headers, body)


@pytest.fixture
def receipt(viewers, ashcombe) -> Receipt:
    """The receipt of a submitted return."""
    return world.send(viewers, ashcombe, return_of()).current.receipts.get()


def test_a_receipt_is_no_proof_of_another_file(receipt, client) -> None:
    other = SimpleUploadedFile("swc.xml", return_of(estab="2001"))
    page = client.post(reverse("receipt", args=[receipt.pk]), {"file": other}).text
    assert "No: the file you hold is another one" in page
    own = SimpleUploadedFile("swc.xml", return_of())
    page = client.post(reverse("receipt", args=[receipt.pk]), {"file": own}).text
    assert "Yes: the file you hold is the one" in page


def test_a_receipt_replayed_for_another_return_is_found_out(receipt, call, returns) -> None:
    held = {"sha256": receipt.sha256, "of": returns["birchfield"].pk, "signature": receipt.signature}
    said = call().post(f"/receipts/{receipt.pk}/verify", held).json()
    assert said["same_file"] and not said["verified"] and "of another return" in said["why"]


def test_a_receipt_changed_in_the_database_is_found_out_by_page_and_api(receipt, client, call) -> None:
    content = return_of(("1975-02-03", "1975-02-04"))
    sha256 = hashlib.sha256(content).hexdigest()
    Receipt.objects.filter(pk=receipt.pk).update(sha256=sha256)
    said = call().post(f"/receipts/{receipt.pk}/verify", {"sha256": sha256}).json()
    assert said["same_file"] and not said["genuine"] and not said["verified"]
    assert "is not as it was given" in client.get(reverse("receipt", args=[receipt.pk])).text


def test_a_token_made_up_changed_or_gone_by_opens_nothing(services, returns, monkeypatch) -> None:
    good = Caller(services["ashcombe"])
    assert good.get("/rounds").status_code == 200
    others = Caller(services["birchfield"]).token
    for token in (
        "made.up",
        good.token[:-2] + "xx",
        others.partition(".")[0] + "." + good.token.partition(".")[2],
    ):
        forger = Caller(None)
        forger.token = token
        assert forger.get("/rounds").status_code == 401
    real = _SIGNER.unsign_object
    monkeypatch.setattr(
        _SIGNER,
        "unsign_object",
        lambda token, max_age: real(token, max_age=max_age - GOOD_FOR - timedelta(seconds=9)),
    )
    assert good.get("/rounds").status_code == 401


def test_a_session_that_was_made_up_opens_nothing(ashcombe) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "0123456789abcdefghijklmnopqrstuv"
    answer = client.get(reverse("return_page", args=[ashcombe.pk]))
    assert answer.status_code == 302 and "/sign-in/login/" in answer["Location"]


def test_a_form_of_another_site_does_nothing(people, ashcombe, nothing_came_of_it) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["ashcombe.preparer"], backend="django.contrib.auth.backends.ModelBackend")
    file = SimpleUploadedFile("swc.xml", return_of())
    assert client.post(reverse("upload", args=[ashcombe.pk]), {"file": file}).status_code == 403
    assert nothing_came_of_it()
