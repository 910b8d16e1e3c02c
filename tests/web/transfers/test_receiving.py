"""What happens to a file that waits: opened, taken, acknowledged and talked about, and who may see which of it."""

from __future__ import annotations

import pytest
from django.http import Http404

from muster.submit.states import NotAllowed
from muster_web.audit.models import AuditEvent
from muster_web.transfers.actions import receiving
from muster_web.transfers.models import Transfer
from muster_web.transfers.queries.mailbox import box_of, get_transfer, page_of, waiting_for
from tests.web.transfers.files import ctf_of

pytestmark = pytest.mark.django_db(transaction=True)


def names(transfer: Transfer) -> list[str]:
    """What happened to a file, in its order."""
    return list(transfer.events.values_list("name", flat=True))


def test_the_first_opening_is_proved_and_each_taking_is_kept(sent, viewers, organisations) -> None:
    receiver = viewers["birchfield.preparer"]
    assert waiting_for(organisations["birchfield"]) == 1
    for _ in range(2):
        assert receiving.take(viewer=receiver, transfer=sent) == ctf_of()
    assert names(sent) == ["file_sent", "file_opened", "file_downloaded", "file_downloaded"]
    sent.refresh_from_db()
    assert sent.opened and sent.opened_by == receiver.user and sent.standing == "Opened"
    assert waiting_for(organisations["birchfield"]) == 0


def test_the_sender_reads_it_again_without_opening_it(sent, viewers) -> None:
    receiving.take(viewer=viewers["ashcombe.preparer"], transfer=sent)
    sent.refresh_from_db()
    assert sent.opened is None and names(sent) == ["file_sent", "file_downloaded"]


def test_it_is_acknowledged_once_it_was_opened_and_only_once(sent, viewers) -> None:
    receiver = viewers["birchfield.preparer"]
    with pytest.raises(NotAllowed, match="Open the file first"):
        receiving.acknowledge(viewer=receiver, transfer=sent)
    receiving.take(viewer=receiver, transfer=sent)
    sent.refresh_from_db()
    receiving.acknowledge(viewer=receiver, transfer=sent)
    receiving.acknowledge(viewer=receiver, transfer=sent)
    assert names(sent).count("file_acknowledged") == 1


def test_both_sides_write_about_it_and_nobody_else(sent, viewers) -> None:
    receiving.say(viewer=viewers["birchfield.preparer"], transfer=sent, text="The second pupil has no UPN.")
    receiving.say(viewer=viewers["ashcombe.preparer"], transfer=sent, text="A new file comes.")
    with pytest.raises(NotAllowed):
        receiving.say(viewer=viewers["anyshire.la_officer"], transfer=sent, text="Hello.")
    assert sent.messages.count() == 2
    assert "UPN" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_an_authority_sees_that_a_file_went_and_not_what_is_in_it(sent, viewers) -> None:
    officer = viewers["anyshire.la_officer"]
    assert get_transfer(officer, sent.pk) == sent
    with pytest.raises(NotAllowed):
        receiving.take(viewer=officer, transfer=sent)


@pytest.mark.parametrize(
    "other", ["coldbrook.preparer", "otherby.la_officer", "birchfield.head", "department.collector"]
)
def test_nobody_else_finds_it(sent, viewers, other: str) -> None:
    with pytest.raises(Http404):
        get_transfer(viewers[other], sent.pk)


def test_a_box_is_read_a_page_at_a_time(sent, viewers) -> None:
    Transfer.objects.bulk_create(
        Transfer(sender=sent.sender, receiver=sent.receiver, kind="CTF", name=f"{n}", sha256="0", size=1)
        for n in range(4)
    )
    box, seen, page = box_of(viewers["birchfield.preparer"], "received"), [], page_of(Transfer.objects.none())
    page = page_of(box, most=2)
    seen += page.files
    while page.older:
        page = page_of(box, before=page.older, most=2)
        seen += page.files
    assert len(seen) == len({one.pk for one in seen}) == 5
    assert [one.pk for one in seen] == sorted((one.pk for one in seen), reverse=True)
