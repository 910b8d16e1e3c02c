"""A file goes where its name says today, whole and sealed, and one that cannot go leaves nothing behind."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation, Succession
from muster_web.audit.models import AuditEvent
from muster_web.transfers.actions.keys import rewrap_all
from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import Transfer
from muster_web.transfers.stored import bytes_of
from tests.web.transfers.files import ctf_of, name_of, pupil_of, upn_of, zip_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ashcombe(viewers):
    """Ashcombe's data manager."""
    return viewers["ashcombe.preparer"]


def close(school: Organisation, *successors: Organisation, days: int = 1) -> None:
    """Let a school have closed so many days ago, followed by others."""
    day = timezone.localdate() - timedelta(days=days)
    Organisation.objects.filter(pk=school.pk).update(closed=day)
    for one in successors:
        Succession.objects.create(predecessor=school, successor=one, kind="merged", on=day)


def refused(viewer, content: bytes, name: str) -> str:
    """Why a file was not taken; nothing of it is left."""
    with pytest.raises(MusterError) as why:
        send(viewer=viewer, chunks=[content], name=name)
    assert not Transfer.objects.filter(name=name).exists()
    return str(why.value)


def test_a_file_is_kept_as_it_came_sealed_and_its_receiver_is_told(sent, ashcombe, organisations) -> None:
    assert sent.receiver == organisations["birchfield"] and sent.addressed is None
    assert sent.sha256 == hashlib.sha256(ctf_of()).hexdigest() and bytes_of(sent) == ctf_of()
    with default_storage.open(sent.stored, "rb") as file:
        assert b"Larch" not in file.read()
    assert [one.to for one in mail.outbox] == [["preparer@birchfield.example"]]
    assert "Larch" not in mail.outbox[0].body and f"/mailbox/{sent.pk}/" in mail.outbox[0].body
    [event] = AuditEvent.objects.filter(subject=f"transfer:{sent.pk}")
    assert event.name == "file_sent" and "Larch" not in str(event.data)


def test_without_its_key_a_file_is_noise(sent) -> None:
    Transfer.objects.filter(pk=sent.pk).update(sealed_key="")
    with pytest.raises(MusterError, match="deleted under the retention schedule"):
        bytes_of(Transfer.objects.get(pk=sent.pk))


def test_another_key_of_the_deployment_opens_nothing_and_an_added_one_opens_all(sent, settings) -> None:
    was, new = settings.FILE_KEYS, Fernet.generate_key().decode()
    settings.FILE_KEYS = [new]
    with pytest.raises(MusterError, match="MUSTER_FILE_KEYS"):
        bytes_of(sent)
    settings.FILE_KEYS = [new, *was]
    assert bytes_of(sent) == ctf_of()


def test_wrapped_anew_files_open_without_the_old_key(sent, settings) -> None:
    was, new = settings.FILE_KEYS, Fernet.generate_key().decode()
    settings.FILE_KEYS = [new, *was]
    assert rewrap_all() == 1
    settings.FILE_KEYS = [new]
    assert bytes_of(Transfer.objects.get(pk=sent.pk)) == ctf_of()
    settings.FILE_KEYS = was
    with pytest.raises(MusterError, match="MUSTER_FILE_KEYS"):
        rewrap_all()


def test_bytes_that_were_changed_are_not_given_out(sent) -> None:
    with default_storage.open(sent.stored, "rb") as file:
        found = bytearray(file.read())
    found[-1] ^= 1
    default_storage.delete(sent.stored)
    default_storage.save(sent.stored, ContentFile(bytes(found)))
    with pytest.raises(MusterError, match="not those that were sealed"):
        bytes_of(sent)


def test_a_school_that_closed_yesterday_is_succeeded(ashcombe, organisations) -> None:
    close(organisations["birchfield"], organisations["coldbrook"])
    sent = send(viewer=ashcombe, chunks=[ctf_of()], name=name_of())
    assert sent.transfer.receiver == organisations["coldbrook"]
    assert sent.transfer.addressed == organisations["birchfield"]
    assert "closed on" in sent.said and "Coldbrook Academy" in sent.said


def test_successors_are_followed_to_the_school_that_is_open(ashcombe, organisations) -> None:
    between = Organisation.objects.create(kind="school", name="Between", la_code="999", estab="2999")
    close(organisations["birchfield"], between, days=40)
    close(between, organisations["coldbrook"])
    assert (
        send(viewer=ashcombe, chunks=[ctf_of()], name=name_of()).transfer.receiver
        == organisations["coldbrook"]
    )


def test_an_academy_that_kept_the_number_of_the_school_before_it_receives(ashcombe, organisations) -> None:
    close(organisations["birchfield"], days=400)
    new = Organisation.objects.create(kind="school", name="New Academy", la_code="999", estab="2001")
    assert send(viewer=ashcombe, chunks=[ctf_of()], name=name_of()).transfer.receiver == new


def test_a_closed_school_without_a_successor_is_explained(ashcombe, organisations) -> None:
    close(organisations["birchfield"])
    assert "names no successor" in refused(ashcombe, ctf_of(), name_of())


def test_a_school_that_was_split_is_explained_with_its_successors(ashcombe, organisations) -> None:
    close(organisations["birchfield"], organisations["coldbrook"], organisations["dunmere"])
    said = refused(ashcombe, ctf_of(), name_of())
    assert "Coldbrook Academy" in said and "Dunmere School" in said


def test_an_unknown_destination_is_explained(ashcombe) -> None:
    assert "999/2999" in refused(ashcombe, ctf_of(to="9992999"), name_of(to="9992999"))


def test_a_header_that_disagrees_with_the_name_is_refused(ashcombe) -> None:
    said = refused(ashcombe, ctf_of(to="9994002"), name_of())
    assert "999/2001" in said and "999/4002" in said


def test_a_pupil_twice_in_a_file_is_refused(ashcombe) -> None:
    said = refused(
        ashcombe, ctf_of(pupils=pupil_of(1) + pupil_of(2) + pupil_of(1, Forename="Again")), name_of()
    )
    assert f"pupils 1 and 3 of it have the UPN {upn_of(1)}" in said


def test_a_file_of_one_version_sent_as_another_is_refused(ashcombe) -> None:
    said = refused(ashcombe, ctf_of(version="25.0"), name_of())
    assert (
        "says that it is version 25.0, but it was not made as one: <Gender> is not part of version 25.0"
        in said
    )


def test_another_schools_file_is_refused(ashcombe) -> None:
    assert "you send for Ashcombe School" in refused(
        ashcombe, ctf_of(source="9992001", to="9994002"), name_of("9992001", "9994002")
    )


def test_the_same_name_twice_is_refused_and_the_next_number_offered(ashcombe, sent) -> None:
    send(viewer=ashcombe, chunks=[ctf_of()], name=name_of(number=2))
    with pytest.raises(MusterError, match=r"9994001_CTF_9992001_003\.xml"):
        send(viewer=ashcombe, chunks=[ctf_of()], name=name_of())
    assert Transfer.objects.count() == 2


def test_a_pupil_whose_school_is_unknown_goes_alone(ashcombe) -> None:
    to = "XXXXXXX"
    one = send(viewer=ashcombe, chunks=[ctf_of(to=to)], name=name_of(to=to)).transfer
    assert one.lost and one.receiver is None
    [pupil] = one.pupil_marks.all()
    assert pupil.surname_mark and b"Larch" not in bytes(pupil.identity)
    two = ctf_of(to=to, pupils=pupil_of(1) + pupil_of(2))
    assert "one pupil" in refused(ashcombe, two, name_of(to=to, number=2))


def test_an_authority_sends_and_receives(viewers, ashcombe, organisations) -> None:
    one = send(viewer=ashcombe, chunks=[ctf_of(to="999LLLL")], name=name_of(to="999LLLL")).transfer
    assert one.receiver == organisations["anyshire"]
    back = ctf_of("999LLLL", "9994001")
    assert send(viewer=viewers["anyshire.la_officer"], chunks=[back], name=name_of("999LLLL", "9994001"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<CTfile>", "stops before its end"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused(ashcombe, content: bytes, why: str) -> None:
    assert why in refused(ashcombe, content, name_of())


def test_other_files_go_only_zipped_and_encrypted(ashcombe) -> None:
    name = "9994001_9992001_list.zip"
    assert "not encrypted" in refused(ashcombe, zip_of(encrypted=False), name)
    assert "no zip file" in refused(ashcombe, b"name,day\n", name)
    assert "4 MB" in refused(ashcombe, b"x" * (5 << 20), name)
    assert send(viewer=ashcombe, chunks=[zip_of(encrypted=True)], name=name).transfer.kind == "other"


def test_a_head_sends_nothing(viewers) -> None:
    with pytest.raises(NotAllowed):
        send(viewer=viewers["ashcombe.head"], chunks=[ctf_of()], name=name_of())
