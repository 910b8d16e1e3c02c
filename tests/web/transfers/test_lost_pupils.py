"""A lost pupil is found by UPN or by birth date and name, never by name and sex alone, and a person confirms it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.audit.models import AuditEvent
from muster_web.transfers.actions.finding import deliver_lost, search_lost
from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import Search, Transfer
from muster_web.transfers.queries.lost import get_case, offered
from tests.web.transfers.files import ctf_of, name_of, upn_of
from tests.web.transfers.world import on_roll

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "A new pupil came to Birchfield without a file."


@pytest.fixture
def lost(viewers) -> Transfer:
    """A file of a pupil whose school nobody knows, sent from the other authority."""
    to = "XXXXXXX"
    content = ctf_of("9984003", to)
    return send(viewer=viewers["dunmere.preparer"], chunks=[content], name=name_of("9984003", to)).transfer


@pytest.fixture
def officer(viewers):
    """An officer of Anyshire."""
    return viewers["anyshire.la_officer"]


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ({}, 5),
        ({"surname": "Birch"}, 4),
        ({"upn": upn_of(9)}, 4),
        ({"upn": "", "forename": "Nell"}, 3),
    ],
)
def test_who_fits_is_offered_with_what_agrees(lost, officer, organisations, said, agrees: int) -> None:
    on_roll(organisations["birchfield"], **said)
    [one] = offered(officer)
    assert len(one.agrees) == agrees and one.lost.who.surname == "Larch"


@pytest.mark.parametrize(
    "said",
    [
        {"upn": "", "born": date(2003, 1, 1)},
        {"upn": upn_of(9), "surname": "Birch", "forename": "Nell"},
    ],
)
def test_name_and_sex_alone_or_a_birth_date_alone_offer_nobody(lost, officer, organisations, said) -> None:
    on_roll(organisations["birchfield"], **said)
    assert offered(officer) == []


def test_the_likeliest_stands_first(lost, officer, organisations) -> None:
    on_roll(organisations["ashcombe"], upn="", forename="Nell")
    on_roll(organisations["birchfield"])
    assert next(one.pupil.organisation.name for one in offered(officer)) == "Birchfield Primary School"


def test_another_authority_is_offered_none_of_our_pupils(lost, viewers, organisations) -> None:
    on_roll(organisations["birchfield"])
    assert offered(viewers["otherby.la_officer"]) == []


def test_a_search_keeps_its_reason_and_whom_only_as_a_mark(lost, officer) -> None:
    assert len(search_lost(viewer=officer, reason=WHY, upn=upn_of(1))) == 1
    assert len(search_lost(viewer=officer, reason=WHY, surname="lárch", born="2002-05-17")) == 1
    assert search_lost(viewer=officer, reason=WHY, surname="Larch", born="2001-05-17") == []
    assert [one.found for one in Search.objects.order_by("pk")] == [1, 1, 0]
    assert upn_of(1) not in str(list(AuditEvent.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    "said", [{"reason": "x", "upn": upn_of(1)}, {"reason": WHY}, {"reason": WHY, "surname": "Larch"}]
)
def test_too_thin_a_search_is_refused(lost, officer, said) -> None:
    with pytest.raises(MusterError):
        search_lost(viewer=officer, **said)
    assert not Search.objects.exists()


def test_a_school_does_not_search(lost, viewers) -> None:
    with pytest.raises(NotAllowed):
        search_lost(viewer=viewers["birchfield.preparer"], reason=WHY, upn=upn_of(1))


def test_the_file_is_delivered_once_somebody_confirmed(lost, officer, organisations) -> None:
    pupil = on_roll(organisations["birchfield"])
    mail.outbox.clear()
    case = get_case(officer, lost.pupil_marks.get().pk)
    sent = deliver_lost(viewer=officer, case=case, pupil=pupil.pk)
    assert sent.receiver == organisations["birchfield"] and mail.outbox[0].to == [
        "preparer@birchfield.example"
    ]
    assert list(lost.events.values_list("name", flat=True)) == ["file_sent", "lost_pupil_found"]
    with pytest.raises(NotAllowed, match="meanwhile"):
        deliver_lost(viewer=officer, case=case, pupil=pupil.pk)


def test_a_pupil_who_does_not_fit_is_not_given_the_file(lost, officer, organisations) -> None:
    other = on_roll(organisations["birchfield"], upn="", born=date(2003, 1, 1))
    case = get_case(officer, lost.pupil_marks.get().pk)
    with pytest.raises(NotAllowed, match="does not fit"):
        deliver_lost(viewer=officer, case=case, pupil=other.pk)
