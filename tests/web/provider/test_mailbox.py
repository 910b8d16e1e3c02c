"""The pages of the mailbox: a file is sent, seen, taken and acknowledged by those it concerns."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import Transfer
from tests.web.transfers.files import ctf_of, name_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(viewers) -> Transfer:
    """A file that waits in Birchfield's mailbox."""
    return send(viewer=viewers["ashcombe.preparer"], chunks=[ctf_of()], name=name_of()).transfer


def page_of(answer) -> str:
    """The text of a page that was answered."""
    return answer.content.decode()


def upload(client, content: bytes, name: str):
    """Send a file as a browser does."""
    return client.post(reverse("send_transfer"), {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_sent_and_its_receipt_shown(sign_in, db) -> None:
    client = sign_in("ashcombe.preparer")
    assert "9994001_CTF_8201234_001.xml" in page_of(client.get(reverse("send_transfer")))
    answer = upload(client, ctf_of(), name_of())
    one = Transfer.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("transfer", args=[one.pk])
    receipt = page_of(client.get(answer["Location"]))
    assert one.sha256 in receipt and "Birchfield Primary School" in receipt and "Not yet" in receipt


def test_why_a_file_cannot_go_is_told_on_the_page(sign_in) -> None:
    answer = upload(sign_in("ashcombe.preparer"), ctf_of(to="9994002"), name_of())
    assert answer.status_code == 400 and "its header says 999/4002" in page_of(answer)
    assert upload(sign_in("ashcombe.preparer"), b"", name_of()).status_code == 400


@pytest.mark.parametrize("name", ["mailbox", "send_transfer", "transfer", "download_transfer"])
def test_strangers_sign_in_and_those_without_the_role_are_refused(client, sign_in, sent, name: str) -> None:
    where = reverse(name, args=[sent.pk] if "transfer" in name and name != "send_transfer" else [])
    assert client.get(where).status_code == 302
    assert sign_in("birchfield.head").get(where).status_code == 403


def test_another_school_finds_nothing(sign_in, sent) -> None:
    client = sign_in("coldbrook.preparer")
    assert sent.name not in page_of(client.get(reverse("mailbox")))
    for name in ("transfer", "download_transfer"):
        assert client.get(reverse(name, args=[sent.pk])).status_code == 404
    assert client.post(reverse("acknowledge_transfer", args=[sent.pk])).status_code == 404


def test_the_receiver_takes_and_acknowledges_and_the_sender_sees_it(sign_in, sent) -> None:
    client = sign_in("birchfield.preparer")
    assert sent.name in page_of(client.get(reverse("mailbox")))
    answer = client.get(reverse("download_transfer", args=[sent.pk]))
    assert answer.content == ctf_of() and sent.name in answer["Content-Disposition"]
    assert client.post(reverse("acknowledge_transfer", args=[sent.pk])).status_code == 302
    boxes = page_of(sign_in("ashcombe.preparer").get(reverse("mailbox") + "?box=sent"))
    assert "Acknowledged" in boxes


def test_it_is_not_acknowledged_unopened_nor_by_the_sender(sign_in, sent) -> None:
    where = reverse("acknowledge_transfer", args=[sent.pk])
    assert sign_in("birchfield.preparer").post(where).status_code == 403
    assert sign_in("ashcombe.preparer").post(where).status_code == 403


def test_the_authority_reads_the_receipt_and_not_the_file(sign_in, sent) -> None:
    client = sign_in("anyshire.la_officer")
    receipt = page_of(client.get(reverse("transfer", args=[sent.pk])))
    assert sent.sha256 in receipt and "Download" not in receipt
    assert client.get(reverse("download_transfer", args=[sent.pk])).status_code == 403


def test_a_message_reaches_the_other_side_and_an_empty_one_is_not_sent(sign_in, sent) -> None:
    where = reverse("transfer", args=[sent.pk])
    assert sign_in("birchfield.preparer").post(where, {"text": "One pupil is not ours."}).status_code == 302
    client = sign_in("ashcombe.preparer")
    assert "One pupil is not ours." in page_of(client.get(where))
    answer = client.post(where, {"text": " "})
    assert answer.status_code == 400 and "Write something" in page_of(answer)
