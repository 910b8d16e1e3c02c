"""Letters to schools: a real one is shown first, who is already acting is left out, nothing personal leaves."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Grant
from muster_web.returns.actions.chasing import chase, letters, send_chase
from muster_web.returns.models import ChaseLetter
from muster_web.returns.queries.reaching import addresses_of, reasons_to_skip
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
LETTER = {"title": "{collection}: {school}", "text": "Please send it by {deadline}. {link}"}


@pytest.fixture
def url(rounds) -> str:
    """The page that writes to schools of the statutory round."""
    return reverse("chase", args=[rounds["statutory"].pk])


@pytest.fixture
def both(returns) -> dict[str, object]:
    """The letter to both of Anyshire's schools."""
    return {**LETTER, "return": [returns["ashcombe"].pk, returns["birchfield"].pk]}


def test_a_real_letter_is_shown_and_nothing_is_sent_yet(sign_in, url, both) -> None:
    page = sign_in("anyshire.la_officer").post(url, both).content.decode()
    assert "2 letters would be sent" in page
    assert "School workforce census 2025: Ashcombe School" in page
    assert mail.outbox == [] and not ChaseLetter.objects.exists()


def test_confirmed_each_school_gets_its_own_letter_with_its_own_link(sign_in, url, both, returns) -> None:
    client = sign_in("anyshire.la_officer")
    client.post(url, {**both, "confirmed": "yes"})
    assert {one.to[0] for one in mail.outbox} == {"preparer@ashcombe.example", "preparer@birchfield.example"}
    ashcombe = next(one for one in mail.outbox if "ashcombe" in one.to[0])
    assert f"/returns/{returns['ashcombe'].pk}/" in ashcombe.body and "Birchfield" not in ashcombe.body
    log = client.get(reverse("chase_log", args=[returns["ashcombe"].round_id])).content.decode()
    assert log.count("Sent to 1 address,") == 2 and "preparer@" not in log


def test_a_school_already_acting_is_left_out_with_the_reason(sign_in, url, both, viewers, returns) -> None:
    world.send(viewers, returns["ashcombe"], return_of())
    world.load(viewers["birchfield.preparer"], returns["birchfield"], return_of(estab="2001"))
    answer = sign_in("anyshire.la_officer").post(url, {**both, "confirmed": "yes"})
    page = answer.content.decode()
    assert answer.status_code == 400 and mail.outbox == []
    assert "it has sent its return" in page and "it worked on the return at" in page


def test_nobody_is_written_to_twice_in_a_day(viewers, rounds, returns) -> None:
    officer, subjects = viewers["anyshire.la_officer"], [returns["ashcombe"]]
    chase(viewer=officer, round=rounds["statutory"], subjects=subjects, **LETTER)
    assert "it was written to at" in reasons_to_skip(subjects)[returns["ashcombe"].pk]
    send_chase.enqueue(ChaseLetter.objects.get().pk, "again", "again")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("text", ["About QQ000001A.", "Teacher 0000001 is missing.", "Pupil H999200001001."])
def test_what_looks_like_a_number_of_a_person_is_refused(viewers, rounds, returns, text) -> None:
    said = {"round": rounds["statutory"], "subjects": [returns["ashcombe"]], "title": "Hello", "text": text}
    with pytest.raises(MusterError, match="looks like a number of a person"):
        letters(viewer=viewers["anyshire.la_officer"], **said)


def test_an_unknown_field_is_named_and_a_missing_link_is_added(viewers, rounds, returns) -> None:
    said = {"round": rounds["statutory"], "subjects": [returns["ashcombe"]], "title": "Hello"}
    with pytest.raises(MusterError, match=r"no merge field \{head\}"):
        letters(viewer=viewers["anyshire.la_officer"], text="Dear {head}", **said)
    made = letters(viewer=viewers["anyshire.la_officer"], text="Ring us on 01632 960000.", **said)
    assert made[0].text.endswith(f"/returns/{returns['ashcombe'].pk}/")


def test_the_office_is_written_to_where_nobody_prepares_the_return(returns, organisations, people) -> None:
    Grant.objects.filter(membership__user=people["ashcombe.preparer"]).delete()
    organisations["ashcombe"].local_email = "office@ashcombe.example"
    subject = returns["ashcombe"]
    subject.organisation = organisations["ashcombe"]
    assert addresses_of([subject]) == {organisations["ashcombe"].pk: {"office@ashcombe.example"}}


@pytest.mark.parametrize("who", ["ashcombe.preparer", "department.collector", "anyshire.auditor"])
def test_only_officers_write(sign_in, url, viewers, rounds, returns, who) -> None:
    pages = (
        url,
        reverse("chase_log", args=[rounds["statutory"].pk]),
        reverse("phone_list", args=[rounds["statutory"].pk]),
    )
    assert {sign_in(who).get(page).status_code for page in pages} == {403}
    with pytest.raises(NotAllowed):
        chase(viewer=viewers[who], round=rounds["statutory"], subjects=[returns["ashcombe"]], **LETTER)


def test_a_stranger_signs_in_and_another_authority_reaches_no_school_of_this_one(
    client, sign_in, url, both
) -> None:
    assert client.get(url).status_code == 302
    page = sign_in("otherby.la_officer").post(url, both).content.decode()
    assert "Choose schools on the board first." in page and "Ashcombe" not in page


def test_the_telephone_list_has_who_is_known_here(sign_in, organisations, rounds, returns) -> None:
    organisations["ashcombe"].local_contact, organisations["ashcombe"].local_phone = (
        "The office",
        "01632 960001",
    )
    organisations["ashcombe"].save()
    url = reverse("phone_list", args=[rounds["statutory"].pk])
    page = sign_in("anyshire.la_officer").get(url, {"work": "not_loaded"}).content.decode()
    assert "Telephone list: 2 schools" in page and "01632 960001" in page and "not known" in page
