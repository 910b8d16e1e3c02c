"""The pages about audit and privacy: who may open them, what they show, and what they refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster_web.audit.models import AuditEvent
from muster_web.audit.queries import events_of
from muster_web.audit.record import record
from muster_web.design.wording import counted
from muster_web.privacy.models import Agreement, Hold, Notice, Unmasking
from muster_web.returns.models import Round, Version
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
# Who may open each page; everybody else who is signed in is refused.
OPEN_TO = {
    "audit": {"approver", "auditor"},
    "agreements": {"approver", "auditor"},
    "notices": {"approver", "auditor"},
    "retention": {"collector"},
    "holds": {"collector"},
    "governance": {"preparer", "head", "approver", "auditor", "la_officer", "collector"},
    "processing": {"preparer", "head", "approver", "auditor", "la_officer", "collector"},
}
WHO = ("ashcombe.preparer", "ashcombe.head", "ashcombe.approver", "ashcombe.auditor", "anyshire.la_officer",
       "department.collector")  # fmt: skip


@pytest.fixture
def proven(sign_in, monkeypatch):
    """Sign somebody in who has proved minutes ago who they are."""
    monkeypatch.setattr("muster_web.accounts.middleware.did_recently_reauthenticate", lambda _request: True)
    return sign_in


@pytest.mark.parametrize("name", OPEN_TO)
def test_a_page_is_open_to_its_roles_alone(client, sign_in, rounds, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302 and "login" in answer["Location"]
    answers = {who.split(".")[1]: sign_in(who).get(reverse(name)).status_code for who in WHO}
    assert answers == {role: 200 if role in OPEN_TO[name] else 403 for role in answers}


def test_an_organisation_sees_its_own_events_with_names(sign_in, organisations, people) -> None:
    record(
        "thing_done", actor=f"user:{people['ashcombe.head'].pk}", organisations=[organisations["ashcombe"].pk]
    )
    record("other_thing", actor="user:1", organisations=[organisations["dunmere"].pk])
    page = sign_in("ashcombe.auditor").get(reverse("audit")).content.decode()
    assert "Thing done" in page and people["ashcombe.head"].name in page and "Other thing" not in page
    assert counted(events_of(organisations["ashcombe"].pk).count(), "event") in page


def test_the_audit_takes_a_bounded_number_of_queries(
    sign_in, organisations, people, django_assert_max_num_queries
):
    for number in range(60):
        record(
            "thing_done",
            actor=f"user:{people['ashcombe.head'].pk + number % 3}",
            organisations=[organisations["ashcombe"].pk],
        )
    client = sign_in("ashcombe.auditor")
    with django_assert_max_num_queries(25):
        client.get(reverse("audit"))


def filled(organisations, **changes: object) -> dict[str, object]:
    """The form of an agreement, filled in."""
    today = timezone.localdate()
    later = today + timedelta(days=300)
    dates = {f"{name}_{part}": getattr(day, part) for name, day in (("starts", today), ("review_by", later))
             for part in ("day", "month", "year")}  # fmt: skip
    words = {
        "title": "Payroll",
        "items": "Hours",
        "purpose": "To pay people",
        "collection": "school_workforce",
    }
    return {**words, "receiver": organisations["supplier"].pk, **dates, **changes}


def test_an_agreement_is_noted_and_ended_by_the_approver(sign_in, organisations) -> None:
    client = sign_in("coldbrook.approver")
    assert client.post(reverse("agreements"), filled(organisations)).status_code == 302
    agreement = Agreement.objects.get()
    assert "Payroll" in client.get(reverse("agreements")).content.decode() and agreement.stands
    assert sign_in("ashcombe.approver").post(reverse("end_agreement", args=[agreement.pk])).status_code == 404
    assert (
        sign_in("coldbrook.approver").post(reverse("end_agreement", args=[agreement.pk])).status_code == 302
    )
    agreement.refresh_from_db()
    assert not agreement.stands


def test_an_agreement_that_cannot_be_is_told_on_the_page(sign_in, organisations) -> None:
    client = sign_in("coldbrook.approver")
    for wrong in ({"title": ""}, {"review_by_year": 2001}, {"receiver": organisations["dunmere"].pk}):
        answer = client.post(reverse("agreements"), filled(organisations, **wrong))
        assert answer.status_code == 400 and "There is a problem" in answer.content.decode()
    assert sign_in("coldbrook.auditor").post(reverse("agreements"), filled(organisations)).status_code == 400
    assert not Agreement.objects.exists()


def test_a_notice_is_published_and_who_was_told_is_noted(sign_in) -> None:
    client = sign_in("ashcombe.approver")
    assert client.post(reverse("notices"), {"audience": "staff", "text": "What we hold."}).status_code == 302
    told = reverse("note_told", args=[Notice.objects.get().pk])
    assert client.post(told, {"group": "", "how": "By e-mail"}).status_code == 400
    day = timezone.localdate()
    when = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    assert client.post(told, {"group": "All staff", "how": "by e-mail", **when}).status_code == 302
    assert "All staff told on" in client.get(reverse("notices")).content.decode()
    assert sign_in("birchfield.approver").get(told).status_code == 404


def test_retention_shows_first_and_deletes_only_after_the_second_proof(
    sign_in, proven, viewers, returns
) -> None:
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of())
    Round.objects.update(closes=timezone.localdate() - timedelta(days=2400))
    client = proven("department.collector")
    assert "after 72 months" in client.get(reverse("retention")).content.decode()
    assert Version.objects.exclude(stored="").count() == 1
    assert client.post(reverse("apply_retention")).status_code == 302
    assert not Version.objects.exclude(stored="").exists()
    assert "Certificates" in client.get(reverse("retention")).content.decode()
    assert client.get(reverse("apply_retention")).status_code == 405


def test_a_hold_is_begun_with_a_reason_and_ended(proven, organisations) -> None:
    client, address = proven("department.collector"), reverse("holds")
    assert (
        "Choose an organisation, a round, or both" in client.post(address, {"reason": "x"}).content.decode()
    )
    assert client.post(address, {"organisation": organisations["ashcombe"].pk}).status_code == 400
    client.post(address, {"organisation": organisations["ashcombe"].pk, "reason": "An inquiry"})
    assert "An inquiry" in client.get(reverse("retention")).content.decode()
    assert client.post(reverse("end_hold", args=[Hold.objects.get().pk])).status_code == 302
    assert "Nothing is held." in client.get(address).content.decode()
    assert client.post(reverse("end_hold", args=[Hold.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("name", ["apply_retention", "subject_access"])
def test_what_takes_away_or_deletes_asks_for_proof_again(sign_in, name: str) -> None:
    answer = sign_in("department.collector").post(reverse(name))
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]


def test_subject_access_gives_a_zip_or_says_that_nothing_is_held(proven, viewers, returns) -> None:
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of())
    client, address = proven("ashcombe.preparer"), reverse("subject_access")
    assert client.post(address, {}).status_code == 400
    assert "Nothing is held" in client.post(address, {"identifier": "QQ999999A"}).content.decode()
    born = {"birth_date_day": "3", "birth_date_month": "2", "birth_date_year": "1975"}
    answer = client.post(address, {"family_name": "Allright", **born})
    assert answer["Content-Type"] == "application/zip" and answer.content[:2] == b"PK"
    assert proven("ashcombe.head").get(address).status_code == 403


def test_hidden_items_are_shown_for_a_reason(sign_in, returns, people) -> None:
    address = reverse("unmask", args=[returns["ashcombe"].pk])
    client = sign_in("ashcombe.head")
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "x"}).status_code == 400
    sent = {
        "reason": "Checking her pay",
        "record": "abc",
        "next": f"/returns/{returns['ashcombe'].pk}/records/abc/",
    }
    answer = client.post(address, sent)
    assert answer.status_code == 302 and answer["Location"] == sent["next"]
    assert Unmasking.objects.get().record_mark == "abc"
    away = client.post(address, {**sent, "next": "https://elsewhere.example/"})
    assert away["Location"] == f"/returns/{returns['ashcombe'].pk}/"
    assert AuditEvent.objects.filter(name="items_unmasked").count() == 2
    assert sign_in("birchfield.head").get(address).status_code == 404


def test_the_record_of_processing_can_be_taken_away(sign_in) -> None:
    answer = sign_in("ashcombe.head").get(reverse("processing_csv"))
    assert answer["Content-Type"].startswith("text/csv") and b"Education Act 2005" in answer.content
