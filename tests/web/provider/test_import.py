"""The pages on which a file is compared with the roll: who it is, what would change, and each decision."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import Pupil, Transfer
from tests.web.transfers.files import ctf_of, name_of, pupil_of, upn_of, zip_of
from tests.web.transfers.world import on_roll, on_roll_as_in

pytestmark = pytest.mark.django_db(transaction=True)
MOVED = pupil_of(1, Street="New Road")
PAGES = {"import_transfer": (), "import_pupil": (0,), "accepted_transfer": ()}


@pytest.fixture
def sent(viewers) -> Transfer:
    """A file with one pupil who has moved house."""
    return send(viewer=viewers["ashcombe.preparer"], chunks=[ctf_of(pupils=MOVED)], name=name_of()).transfer


def page_of(answer) -> str:
    """The text of a page that was answered."""
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_strangers_sign_in_and_all_others_are_refused(client, sign_in, sent, name: str) -> None:
    where = reverse(name, args=[sent.pk, *PAGES[name]])
    assert client.get(where).status_code == 302
    for other, status in {
        "coldbrook.preparer": 404,
        "birchfield.head": 403,
        "anyshire.la_officer": 403,
    }.items():
        assert sign_in(other).get(where).status_code == status


def test_a_new_pupil_is_taken_over_with_one_press(sign_in, sent) -> None:
    client = sign_in("birchfield.preparer")
    before = page_of(client.get(reverse("import_transfer", args=[sent.pk])))
    assert "1 pupil, 1 not decided" in before and "for your MIS" not in before
    answer = client.post(reverse("import_clear", args=[sent.pk]), follow=True)
    assert (
        "Taken over" in page_of(answer)
        and "for your MIS" in page_of(answer)
        and Pupil.objects.get().upn == upn_of(1)
    )
    file = client.get(reverse("accepted_transfer", args=[sent.pk]))
    assert upn_of(1) in page_of(file) and name_of() in file["Content-Disposition"]


def test_what_differs_is_shown_and_has_to_be_answered(sign_in, sent, organisations) -> None:
    pupil = on_roll_as_in(organisations["birchfield"], pupil_of(1))
    client, where = sign_in("birchfield.preparer"), reverse("import_pupil", args=[sent.pk, 0])
    shown = page_of(client.get(where))
    assert "Mill Lane" in shown and "New Road" in shown and "never overwritten without asking" in shown
    answer = client.post(where, {"who": pupil.pk})
    assert answer.status_code == 400 and "Say of each whether it is taken: Street" in page_of(answer)
    assert client.post(where, {"who": pupil.pk, "item-street": "keep"}).status_code == 302
    pupil.refresh_from_db()
    assert pupil.held["values"]["street"] == "Mill Lane"
    client.post(where, {"who": pupil.pk, "item-street": "take"})
    pupil.refresh_from_db()
    assert pupil.held["values"]["street"] == "New Road"


def test_a_person_says_who_it_is(sign_in, sent, organisations) -> None:
    pupil = on_roll(organisations["birchfield"], upn="")
    client, where = sign_in("birchfield.preparer"), reverse("import_pupil", args=[sent.pk, 0])
    assert "None of them: a new pupil" in page_of(client.get(where))
    assert "nothing" in page_of(client.get(f"{where}?who=0"))
    assert client.post(where, {"who": "x"}).status_code == 400
    assert client.post(where, {"who": pupil.pk, "item-upn": "take"}).status_code == 302
    pupil.refresh_from_db()
    assert pupil.upn == upn_of(1) and Pupil.objects.count() == 1


def test_a_pupil_is_left_out_and_there_is_nothing_for_the_mis(sign_in, sent) -> None:
    client = sign_in("birchfield.preparer")
    client.post(reverse("import_pupil", args=[sent.pk, 0]), {"leave_out": "yes"})
    assert "Left out" in page_of(client.get(reverse("import_transfer", args=[sent.pk])))
    assert client.get(reverse("accepted_transfer", args=[sent.pk])).status_code == 403
    assert client.get(reverse("import_pupil", args=[sent.pk, 7])).status_code == 404


def test_an_encrypted_file_is_not_looked_into(sign_in, viewers) -> None:
    one = send(
        viewer=viewers["ashcombe.preparer"], chunks=[zip_of(encrypted=True)], name="9994001_9992001_list.zip"
    ).transfer
    answer = sign_in("birchfield.preparer").get(reverse("import_transfer", args=[one.pk]))
    assert answer.status_code == 403 and "encrypted" in page_of(answer)
