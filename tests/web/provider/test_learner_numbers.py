"""The pages of learner numbers: who needs one, the batch and its answer, the exceptions, and the ticks."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from muster.transferring.learner_batches import answer_text, read_batch
from muster_web.audit.models import AuditEvent
from muster_web.transfers.models import LearnerBatch, LearnerRequest, Pupil
from tests.web.transfers.files import pupil_of
from tests.web.transfers.test_learner_numbers import born
from tests.web.transfers.world import on_roll_as_in

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = "learner_numbers"


@pytest.fixture
def roll(organisations, settings) -> None:
    """One pupil who is ready to be asked for, and one without a postcode."""
    settings.LEARNING_RECORDS = "simulator"
    on_roll_as_in(organisations["ashcombe"], pupil_of(1, DOB=born(15)))
    on_roll_as_in(organisations["ashcombe"], pupil_of(2, DOB=born(15), Surname="Elm"), postcode="")


def page_of(answer) -> str:
    """The text of a page that was answered."""
    return answer.content.decode()


def ask(client, **more: str) -> LearnerBatch:
    """Make a batch."""
    assert client.post(reverse("ask_for_numbers"), more).status_code == 302
    return LearnerBatch.objects.latest("pk")


@pytest.mark.parametrize("name", [MAIN, "numbers_for_mis", "learner_batch", "download_batch"])
def test_strangers_sign_in_and_others_are_refused(client, sign_in, roll, name: str) -> None:
    pk = [ask(sign_in("ashcombe.preparer")).pk] if "batch" in name else []
    client.logout()
    assert client.get(reverse(name, args=pk)).status_code == 302
    assert sign_in("anyshire.la_officer").get(reverse(name, args=pk)).status_code == 403
    if pk:
        assert sign_in("birchfield.preparer").get(reverse(name, args=pk)).status_code == 404


def test_the_round_trip_with_an_exception(sign_in, roll) -> None:
    client = sign_in("ashcombe.preparer")
    shown = page_of(client.get(reverse(MAIN)))
    assert (
        "2 pupils without: 1 ready to be asked for, 1 with a gap" in shown
        and "The postcode is missing" in shown
    )
    where = reverse("learner_batch", args=[ask(client, with_gaps="yes").pk])
    assert "Fetch the answer" in page_of(client.get(where))
    found = page_of(client.post(where, {"collect": "yes"}, follow=True))
    assert "1 numbers were given" in found and "RC10" in found and "ask again" in found
    [given] = LearnerRequest.objects.filter(state="given")
    client.post(reverse("tick_numbers"), {"request": given.pk, "told": "yes"})
    given.refresh_from_db()
    assert given.told and not given.in_mis
    assert given.uln in page_of(client.get(reverse("numbers_for_mis")))
    client.post(reverse("tick_numbers"), {"request": given.pk, "in_mis": "yes"})
    assert client.get(reverse("numbers_for_mis")).status_code == 403
    assert AuditEvent.objects.filter(name="records_read", data__page="learner numbers").exists()


def test_an_answer_is_brought_by_hand_and_a_wrong_one_told(sign_in, roll, settings) -> None:
    settings.LEARNING_RECORDS = ""
    client = sign_in("ashcombe.preparer")
    pk = ask(client).pk
    where = reverse("learner_batch", args=[pk])
    batch = read_batch(page_of(client.get(reverse("download_batch", args=[pk]))))
    text = answer_text([{**one, "ULN": "9276308686", "ReturnCode": ""} for one in batch])
    for wrong in (b"", b"a,b\n1,2\n", b"\xff\xfe\x00"):
        assert client.post(where, {"file": SimpleUploadedFile("a.csv", wrong)}).status_code == 400
    assert client.post(where, {"file": SimpleUploadedFile("a.csv", text.encode())}).status_code == 302
    assert Pupil.objects.filter(uln="9276308686").count() == 1


def test_nobody_left_to_ask_for_and_no_census_to_take_the_roll_from_are_refusals(sign_in, roll) -> None:
    client = sign_in("ashcombe.preparer")
    ask(client, with_gaps="yes")
    assert client.post(reverse("ask_for_numbers")).status_code == 403
    answer = client.post(reverse("refresh_roll"))
    assert answer.status_code == 403 and "no school census" in page_of(answer)
